/** The story: a photo and a query become a plan, a variant of the plan becomes bytes. */
import { availableParallelism } from 'node:os'
import { HeroError } from '../errors.ts'
import type { ResolvedOptions } from '../options/resolve.ts'
import { parseQuery } from '../request/query.ts'
import { resolveRequest } from '../request/resolve.ts'
import { readSidecar } from '../source/sidecar.ts'
import { createQueue } from '../store/queue.ts'
import { createStore } from '../store/store.ts'
import type { Analysis, Plan, Variant } from '../types.ts'
import { planVariants } from '../variant/plan.ts'
import { toolVersions } from '../variant/tools.ts'
import { createAnalyser } from './analyser.ts'
import { createPhotoBatches, type OnMade } from './photo-batches.ts'

/** Everything a host needs; hosts decide nothing themselves. */
export interface Engine {
  readonly options: ResolvedOptions
  /** Encodes that run at once. */
  readonly jobs: number
  /** Facts, subject and colours of a photo; paid once per photo. */
  analyse(file: string): Promise<Analysis>
  /**
   * Decides crops, files and names for one import; encodes nothing.
   *
   * @param file absolute path of the source
   * @param query such as `?hero=card`
   * @throws HeroError naming the file
   */
  plan(file: string, query: string): Promise<Plan>
  /** True when the bytes of a variant are in the store. */
  has(variant: Variant): Promise<boolean>
  /**
   * The bytes of a variant: from the store, or made now, once, whoever asks.
   *
   * @param file absolute path of the source
   * @param signal gives the wish up; an encode that nobody wants is not begun
   * @throws HeroError HERO_CACHE_MISS in read-only mode
   */
  render(file: string, variant: Variant, signal?: AbortSignal): Promise<Uint8Array>
  /** Waits for nothing; ends worker threads. */
  close(): Promise<void>
}

/** Called as work is done; for progress and summaries. */
export interface EngineEvents {
  /** A variant has been encoded; `ms` is the time its pixels took. */
  readonly onMade?: OnMade
}

/**
 * Creates an engine. Nothing is read, started or written before the first call.
 *
 * @param options resolved options
 */
export function createEngine(options: ResolvedOptions, events: EngineEvents = {}): Engine {
  const { cache, limits } = options
  const jobs = options.concurrency || encodeJobs()
  const store = createStore(cache)
  // More at once would only open more files: the disk is not faster for it.
  const reads = createQueue({ jobs: 16, bytes: Number.POSITIVE_INFINITY })
  const analyser = createAnalyser(options, store, jobs)
  const batches = createPhotoBatches({
    options,
    store,
    encodes: createQueue({ jobs, bytes: limits.memory }),
    // A second photo is decoded while the last variants of the first keep only some cores busy.
    photos: createQueue({ jobs: Math.max(2, Math.ceil(jobs / 2)), bytes: Number.POSITIVE_INFINITY }),
    onMade: events.onMade ?? (() => undefined),
  })
  return {
    options,
    jobs,
    analyse: analyser.analyse,
    async plan(file, query) {
      const request = resolveRequest(options, parseQuery(query, file), file)
      const [analysis, sidecar, tools] = await Promise.all([analyser.analyse(file), readSidecar(file), toolVersions()])
      return planVariants(request, { file, analysis, tools, ...(sidecar === undefined ? {} : { sidecar }) })
    },
    has: (variant) => store.has('variant', variant.key),
    async render(file, variant, signal) {
      const read = (): Promise<Uint8Array | undefined> => store.read('variant', variant.key)
      const stored = await reads.run(read, signal === undefined ? {} : { signal })
      if (stored !== undefined) return stored
      if (cache.mode === 'read-only') {
        throw new HeroError(
          'HERO_CACHE_MISS',
          `${variant.name} is not in the cache folder ${cache.dir}, which is read-only.`,
          { file },
        )
      }
      return batches.want(file, variant, signal)
    },
    close: () => analyser.close(),
  }
}

/**
 * Encodes at once: as many as there are cores, but no more than libuv has threads, since sharp works on those. The pool has four unless the
 * environment says otherwise; beyond that an encoder spreads over cores by itself.
 */
function encodeJobs(): number {
  const threads = Number(process.env.UV_THREADPOOL_SIZE ?? 4) || 4
  return Math.max(1, Math.min(availableParallelism(), threads))
}
