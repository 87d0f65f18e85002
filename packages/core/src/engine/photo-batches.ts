/** Makes the variants of a photo together: one lock, one decode, each variant once across threads and processes. */
import type { ResolvedOptions } from '../options/resolve.ts'
import type { PixelProcess } from '../pixels/start.ts'
import { toCacheError } from '../store/file-error.ts'
import { withLock } from '../store/lock.ts'
import type { Queue } from '../store/queue.ts'
import type { Store } from '../store/store.ts'
import type { Variant } from '../types.ts'

/** Another process may clear the cache before what was drawn is read. */
const attempts = 3

/** Told when a variant has been encoded. */
export type OnMade = (variant: Variant, file: string, bytes: number, ms: number) => void

/** Collects wanted variants and makes them photo by photo. */
export interface PhotoBatches {
  /**
   * The bytes of a variant that is not in the store yet.
   *
   * @param signal gives this wish up, with its reason; a variant that nobody waits for is not begun
   * @throws HeroError what reading, drawing and keeping throw; all variants of the batch share the failure
   */
  want(file: string, variant: Variant, signal?: AbortSignal): Promise<Uint8Array>
  /**
   * As `want`, for whoever needs the variant in the store and not its bytes: those are let go of as soon as they are there. Promises that live long would keep them
   * until the collector has reason to look at what is old, which over a hundred photos is all that was drawn.
   */
  make(file: string, variant: Variant, signal?: AbortSignal): Promise<void>
}

/** One variant, and all who wait for it. */
interface Wish {
  readonly file: string
  readonly variant: Variant
  /** The bytes, if there are readers. */
  readonly promise: Promise<Uint8Array | undefined>
  resolve(bytes: Uint8Array | undefined): void
  reject(reason: unknown): void
  /** How many of those who wait want the bytes. */
  readers: number
  /** How many wait. At zero nobody can join any more: whoever comes later makes a wish of its own. */
  waiting: number
  /** Aborted at zero. */
  readonly unwanted: AbortController
}

interface Resources {
  readonly options: ResolvedOptions
  readonly store: Store
  readonly pixels: () => Promise<PixelProcess>
  /** Bounds the photos open at once, each with its bytes and decoded pixels. */
  readonly photos: Queue
  readonly onMade: OnMade
}

/** Batches over a store. A photo has one batch at a time; what is wished for meanwhile makes up its next one. */
export function createPhotoBatches({ options, store, pixels, photos, onMade }: Resources): PhotoBatches {
  const wishes = new Map<string, Wish>()
  /** Wishes of each photo that no batch has taken up; a photo that is listed is being served. */
  const gathered = new Map<string, Wish[]>()

  function makeWish(file: string, variant: Variant): Wish {
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array | undefined>()
    const wish: Wish = {
      file,
      variant,
      promise,
      resolve: (bytes) => {
        forget(wish)
        resolve(wish.readers > 0 ? bytes : undefined)
      },
      reject: (reason) => {
        forget(wish)
        reject(reason)
      },
      readers: 0,
      waiting: 0,
      unwanted: new AbortController(),
    }
    // Those who wait have their own handlers; when all have gone, nobody is left to hear of a failure.
    promise.catch(() => undefined)
    wishes.set(variant.key, wish)
    // Copies of a photo are served apart, or the failure of one would name the other.
    const photo = `${variant.source} ${file}`
    const batch = gathered.get(photo)
    if (batch !== undefined) batch.push(wish)
    else {
      gathered.set(photo, [wish])
      void servePhoto(photo, wish)
    }
    return wish
  }

  function forget(wish: Wish): void {
    if (wishes.get(wish.variant.key) === wish) wishes.delete(wish.variant.key)
  }

  /** Makes one batch after the other until nothing more is wished for. */
  async function servePhoto(photo: string, { file, variant: { source } }: Wish): Promise<void> {
    for (let batch = gathered.get(photo); batch !== undefined && batch.length > 0; batch = gathered.get(photo)) {
      const current = batch
      const close = (): void => void gathered.set(photo, [])
      const work = (): Promise<void> => makeBatch(file, source, current, close)
      const make = (): Promise<void> =>
        options.cache.mode === 'off' ? work() : withLock(options.cache.dir, source, work)
      try {
        await photos.run(make)
      } catch (error) {
        if (gathered.get(photo) === current) close()
        for (const wish of current) wish.reject(error)
      }
    }
    gathered.delete(photo)
  }

  async function makeBatch(file: string, source: string, batch: readonly Wish[], close: () => void): Promise<void> {
    const missing = new Map<string, Wish>()
    // The batch grows while its first wishes are looked up, so that one decode serves all that come at about the same time.
    for (const wish of batch) {
      if (wish.waiting === 0) continue
      // Another process may have made it while this one waited for the lock.
      const stored = await store.read('variant', wish.variant.key)
      if (stored === undefined) missing.set(wish.variant.key, wish)
      else wish.resolve(stored)
    }
    close()
    const wanted = [...missing.values()].filter(({ waiting }) => waiting > 0)
    if (wanted.length === 0) return
    const { draw } = await pixels()
    await draw(
      { file, source, limits: options.limits },
      wanted.map(({ variant, unwanted }) => ({ variant, unwanted: unwanted.signal })),
      async (variant, drawn, ms) => {
        const wish = missing.get(variant.key)
        onMade(variant, file, 'bytes' in drawn ? drawn.bytes.length : drawn.size, ms)
        if ('bytes' in drawn) wish?.resolve(drawn.bytes)
        else wish?.resolve(wish.readers > 0 ? await store.read('variant', variant.key) : undefined)
      },
    )
  }

  /** Waits for a variant until some batch has it; `isReader` counts from the first moment, so whoever reads gets the bytes. */
  async function join(
    file: string,
    variant: Variant,
    isReader: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array | undefined> {
    for (;;) {
      signal?.throwIfAborted()
      const wish = wishes.get(variant.key) ?? makeWish(file, variant)
      wish.waiting += 1
      if (isReader) wish.readers += 1
      try {
        return await waitFor(wish, signal, forget)
      } catch (error) {
        // A copy of the photo at another path may have vanished or changed; this one is tried on its own.
        if (wish.file === file) throw error
      }
    }
  }

  return {
    async want(file, variant, signal) {
      for (let attempt = 1; attempt <= attempts; attempt++) {
        const bytes = await join(file, variant, true, signal)
        if (bytes !== undefined) return bytes
      }
      throw toCacheError(options.cache.dir, 'read', new Error('what was written to it is gone'))
    },
    async make(file, variant, signal) {
      await join(file, variant, false, signal)
    },
  }
}

async function waitFor(
  wish: Wish,
  signal: AbortSignal | undefined,
  forget: (wish: Wish) => void,
): Promise<Uint8Array | undefined> {
  if (signal === undefined) return wish.promise
  const aborted = Promise.withResolvers<never>()
  const onAbort = (): void => {
    wish.waiting -= 1
    if (wish.waiting === 0) {
      forget(wish)
      wish.unwanted.abort()
    }
    aborted.reject(signal.reason)
  }
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([wish.promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
