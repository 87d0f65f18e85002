/** Makes the variants of a photo together: one lock, one decode, each variant once across threads and processes. */
import { HeroError } from '../errors.ts'
import type { ResolvedOptions } from '../options/resolve.ts'
import { hashSource, readSource } from '../source/read.ts'
import { withLock } from '../store/lock.ts'
import type { Queue } from '../store/queue.ts'
import type { Store } from '../store/store.ts'
import type { Variant } from '../types.ts'
import { renderVariants } from '../variant/render.ts'

/** Told when a variant has been encoded. */
export type OnMade = (variant: Variant, file: string, bytes: number, ms: number) => void

/** Collects wanted variants and makes them photo by photo. */
export interface PhotoBatches {
  /** The bytes of a variant that is not in the store yet. Rejects with the signal's reason when nobody wants it any more. */
  want(file: string, variant: Variant, signal?: AbortSignal): Promise<Uint8Array>
}

interface Wanted {
  readonly variant: Variant
  readonly promise: Promise<Uint8Array>
  resolve(bytes: Uint8Array): void
  reject(reason: unknown): void
  /** Those who still wait; at zero the variant is dropped. */
  waiting: number
}

interface Batch {
  readonly file: string
  readonly wanted: Wanted[]
}

interface Resources {
  readonly options: ResolvedOptions
  readonly store: Store
  /** Bounds decodes and encodes. */
  readonly encodes: Queue
  /** Bounds the photos open at once, each with its bytes and decoded pixels. */
  readonly photos: Queue
  readonly onMade: OnMade
}

/** Batches over a store. A batch gathers wishes until a place for another photo is free. */
export function createPhotoBatches({ options, store, encodes, photos, onMade }: Resources): PhotoBatches {
  const wantedByKey = new Map<string, Wanted>()
  const gathering = new Map<string, Batch>()

  function enlist(file: string, variant: Variant): Wanted {
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
    const wanted: Wanted = { variant, promise, resolve, reject, waiting: 0 }
    wantedByKey.set(variant.key, wanted)
    promise.catch(() => undefined).finally(() => wantedByKey.delete(variant.key))
    const batch = gathering.get(variant.source)
    if (batch !== undefined) batch.wanted.push(wanted)
    else start(variant.source, { file, wanted: [wanted] })
    return wanted
  }

  function start(source: string, batch: Batch): void {
    gathering.set(source, batch)
    photos
      .run(async () => {
        gathering.delete(source)
        const work = (): Promise<void> => makeBatch(batch)
        await (options.cache.mode === 'off' ? work() : withLock(options.cache.dir, source, work))
      })
      .catch((error: unknown) => {
        for (const wanted of batch.wanted) wanted.reject(error)
      })
  }

  async function makeBatch({ file, wanted }: Batch): Promise<void> {
    const missing = new Map<string, Wanted>()
    for (const each of wanted) {
      if (each.waiting === 0) continue
      // Another process may have made it while this one waited for the lock.
      const stored = await store.read('variant', each.variant.key)
      if (stored === undefined) missing.set(each.variant.key, each)
      else each.resolve(stored)
    }
    if (missing.size === 0) return
    const photo = await readSource(file, options.limits)
    const source = hashSource(photo)
    const needed = (): boolean => [...missing.values()].some(({ waiting }) => waiting > 0)
    await renderVariants(
      photo,
      [...missing.values()].map(({ variant }) => variant),
      {
        file,
        pixels: options.limits.pixels,
        run: (job, bytes) =>
          encodes.run(
            () => {
              if (!needed()) throw new Abandoned()
              return job()
            },
            { bytes },
          ),
        async deliver(variant, bytes, ms) {
          if (variant.source !== source)
            throw new HeroError('HERO_SOURCE_CHANGED', 'The photo changed while the build ran.', { file })
          await store.write('variant', variant.key, bytes)
          onMade(variant, file, bytes.length, ms)
          missing.get(variant.key)?.resolve(bytes)
          missing.delete(variant.key)
        },
      },
    )
  }

  return {
    async want(file, variant, signal) {
      signal?.throwIfAborted()
      const wanted = wantedByKey.get(variant.key) ?? enlist(file, variant)
      wanted.waiting += 1
      return withSignal(wanted, signal)
    },
  }
}

/** Nobody waits for the rest of the batch; never reaches a caller. */
class Abandoned extends Error {}

async function withSignal(wanted: Wanted, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (signal === undefined) return wanted.promise
  const { promise, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => {
    wanted.waiting -= 1
    reject(signal.reason)
  }
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([wanted.promise, promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
