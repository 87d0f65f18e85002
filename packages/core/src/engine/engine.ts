/** The story: a photo and a query become a plan, a variant of the plan becomes bytes. */
import { availableParallelism } from 'node:os'
import { HeroError } from '../errors.ts'
import { defaultMemory } from '../options/defaults.ts'
import type { ResolvedOptions } from '../options/resolve.ts'
import type { PixelProcess, StartedProcess } from '../pixels/start.ts'
import { parseQuery } from '../request/query.ts'
import { toQuickRequest } from '../request/quick.ts'
import { resolveRequest } from '../request/resolve.ts'
import { toWholeRequest } from '../request/whole.ts'
import { createLockReader, emptyLock } from '../source/lock.ts'
import { readSidecar } from '../source/sidecar.ts'
import { createQueue } from '../store/queue.ts'
import { createStore } from '../store/store.ts'
import type { Analysis, Plan, Variant } from '../types.ts'
import { toolVersions } from '../variant/tools.ts'
import { createAnalyser } from './analyser.ts'
import { createPhotoBatches, type OnMade } from './photo-batches.ts'
import { checkDetector, findPinned } from './pins.ts'
import { createPlanner } from './planner.ts'

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
  /**
   * A plan of one file: the whole photo, whatever anyone decided about its crops, to be shown to a person. SVG stays as it is.
   *
   * @param longSide longest side of the file, px; a smaller photo is not enlarged
   */
  planWhole(file: string, longSide: number): Promise<Plan>
  /** True when the bytes of a variant are in the store. */
  has(variant: Variant): Promise<boolean>
  /** The bytes of a variant if they are in the store. @throws HeroError HERO_CACHE_UNWRITABLE when the entry may not be read */
  find(variant: Variant): Promise<Uint8Array | undefined>
  /**
   * The bytes of a variant: from the store, or made now, once, whoever asks.
   *
   * @param file absolute path of the source
   * @param signal gives the wish up; an encode that nobody wants is not begun
   * @throws HeroError HERO_CACHE_MISS in read-only mode
   */
  render(file: string, variant: Variant, signal?: AbortSignal): Promise<Uint8Array>
  /**
   * Makes a variant unless it is in the store: for whoever needs its bytes later, or not at all, and should not hold them until then. Of no use without a cache
   * folder.
   *
   * @throws HeroError as `render`
   */
  make(file: string, variant: Variant, signal?: AbortSignal): Promise<void>
  /**
   * Gives the pixel process's memory back: by the time this settles where it has nothing to do, else as soon as it has nothing. For hosts that have all their pictures
   * and go on with other work.
   */
  rest(): Promise<void>
  /** Ends the pixel process at once, whatever it is working on. */
  close(): Promise<void>
}

/** How a host uses the engine. */
export interface EngineUse {
  /** Called when a variant has been encoded; `ms` is the time its pixels took. For progress and summaries. */
  readonly onMade?: OnMade
  /**
   * Plan one format and two widths per crop, for development in hosts that make all files before they show a page.
   * @default false
   */
  readonly quick?: boolean
  /**
   * Other processes make pictures of the same build: their encodes and those of this engine together stay within `concurrency`. Without a cache folder they cannot.
   * @default false
   */
  readonly isOneOfMany?: boolean
  /**
   * Place all crops anew, whatever `hero.lock.json` pins: for comparing.
   * @default false
   */
  readonly ignoreLock?: boolean
  /**
   * Environment of the process that decodes and draws. A host whose own one holds secrets, and whose photos come from strangers, gives an empty one.
   * @default the host's
   */
  readonly environment?: Readonly<Record<string, string>>
  /** Told of each process that decodes and draws when it starts: to watch what it holds. Whoever kills it makes the work at hand fail. */
  readonly onProcess?: (started: StartedProcess) => void
}

/**
 * Creates an engine. Nothing is read, started or written before the first call.
 *
 * @param options resolved options
 */
export function createEngine(
  options: ResolvedOptions,
  { onMade, quick = false, ignoreLock = false, isOneOfMany = false, environment, onProcess }: EngineUse = {},
): Engine {
  const { cache, limits } = options
  const jobs = options.concurrency || availableParallelism()
  const store = createStore(cache)
  const readLock = createLockReader(options.root)
  const cropNames = [...new Set(Object.values(options.presets).flatMap(({ crops }) => crops.map(({ name }) => name)))]
  // More at once would only open more files: the disk is not faster for it.
  const reads = createQueue({ jobs: 16, bytes: Number.POSITIVE_INFINITY })
  // Hosts load all modules at once, and a process may open only so many files.
  const plans = createQueue({ jobs: 64, bytes: Number.POSITIVE_INFINITY })
  let tools: Promise<string> | undefined
  const knowTools = (): Promise<string> => {
    tools ??= toolVersions().catch((error: unknown) => {
      tools = undefined
      throw error
    })
    return tools
  }
  let opened: Promise<PixelProcess> | undefined
  /** Loaded on demand: a warm build draws nothing. */
  const pixels = (): Promise<PixelProcess> => {
    opened ??= import('../pixels/start.ts').then(({ createPixelProcess }) =>
      createPixelProcess(
        {
          jobs,
          memory: limits.memory || defaultMemory(jobs),
          seconds: limits.seconds,
          ...(isOneOfMany && cache.mode !== 'off' ? { sharedWith: cache.dir } : {}),
          ...(cache.mode === 'read-write' ? { keepIn: cache.dir } : {}),
        },
        environment,
        onProcess,
      ),
    )
    return opened
  }
  const analyser = createAnalyser(options, store, pixels)
  const planOnce = createPlanner(options, store, analyser)
  const batches = createPhotoBatches({
    options,
    store,
    pixels,
    // A second photo is decoded while the last variants of the first keep only some cores busy.
    photos: createQueue({ jobs: Math.max(2, Math.ceil(jobs / 2)), bytes: Number.POSITIVE_INFINITY }),
    onMade: onMade ?? (() => undefined),
  })
  const find = ({ key }: Variant): Promise<Uint8Array | undefined> => store.read('variant', key)
  async function plan(file: string, query: string): Promise<Plan> {
    const asked = resolveRequest(options, parseQuery(query, file), file)
    const request = quick ? toQuickRequest(asked) : asked
    const [sidecar, lock, versions] = await Promise.all([
      readSidecar(file),
      ignoreLock ? emptyLock : readLock(),
      knowTools(),
    ])
    const locked = findPinned(lock, options.root, file)
    const planned = await planOnce(file, request, {
      tools: versions,
      cropNames,
      ...(sidecar && { sidecar }),
      ...(locked && { locked }),
    })
    if (cache.mode === 'read-only') checkDetector(locked, planned, options.root, file)
    return planned
  }

  function refuseMiss(file: string, { name }: Variant): void {
    if (cache.mode !== 'read-only') return
    const reason = `${name} is not in the cache folder ${cache.dir}, which is read-only.`
    throw new HeroError('HERO_CACHE_MISS', reason, { file })
  }

  return {
    options,
    jobs,
    analyse: analyser.analyse,
    plan: (file, query) => plans.run(() => plan(file, query)),
    async planWhole(file, longSide) {
      const [analysis, tools] = await Promise.all([analyser.analyse(file), knowTools()])
      const { planVariants } = await import('../variant/plan.ts')
      return planVariants(toWholeRequest(options, analysis.facts, longSide), { file, analysis, tools })
    },
    has: (variant) => store.has('variant', variant.key),
    find,
    async render(file, variant, signal) {
      const read = (): Promise<Uint8Array | undefined> => find(variant)
      const stored = await reads.run(read, signal === undefined ? {} : { signal })
      if (stored !== undefined) return stored
      refuseMiss(file, variant)
      return batches.want(file, variant, signal)
    },
    async make(file, variant, signal) {
      if (await store.has('variant', variant.key)) return
      refuseMiss(file, variant)
      await batches.make(file, variant, signal)
    },
    async rest() {
      await (await opened)?.rest()
    },
    async close() {
      await (await opened)?.close()
      await analyser.close()
    },
  }
}
