/** Analysis in worker threads: a build's main thread stays free, and a photo that crashes or hangs takes only its own thread down. */
import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import { fromPlainError, HeroError } from '../errors.ts'
import type { Analysis } from '../types.ts'
import type { AnalysisJob, AnalysisReply } from './analysis-worker.ts'

export type { AnalysisJob } from './analysis-worker.ts'

/** How many photos are analysed at once, and for how long at most. */
export interface AnalysisPoolOptions {
  /** Most threads; they start on demand. */
  readonly threads: number
  /**
   * Longest time one photo may take once it is its turn, in ms.
   * @default 60000
   */
  readonly timeoutMs?: number
  /**
   * How long an idle thread lives, in ms.
   * @default 5000
   */
  readonly idleMs?: number
}

/** Analyses photos in threads. */
export interface AnalysisPool {
  /**
   * @throws HeroError what `readSource` and `analyseSource` throw, and `HERO_ANALYSIS_FAILED` when the thread crashes or takes too long; later jobs get a new one.
   */
  readonly analyse: (job: AnalysisJob) => Promise<Analysis>
  /** Ends all threads. Running analyses fail; a later one starts the pool anew. */
  readonly close: () => Promise<void>
}

/**
 * Creates a pool; no thread starts before the first photo, and idle threads neither last nor keep the process alive.
 */
export function createAnalysisPool({ threads, timeoutMs = 60_000, idleMs = 5000 }: AnalysisPoolOptions): AnalysisPool {
  let pool: Piscina<AnalysisJob, AnalysisReply> | undefined
  let running = 0
  const waiting: (() => void)[] = []

  const analyse = async (job: AnalysisJob): Promise<Analysis> => {
    // Jobs wait here and not inside the pool, so that the time limit counts from a job's own start.
    if (running >= threads) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      pool ??= startPool(threads, idleMs)
      return await runJob(pool, job, timeoutMs)
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
  const close = async (): Promise<void> => {
    const closing = pool
    pool = undefined
    await closing?.destroy()
  }
  return { analyse, close }
}

function startPool(threads: number, idleMs: number): Piscina<AnalysisJob, AnalysisReply> {
  const pool = new Piscina<AnalysisJob, AnalysisReply>({
    filename: workerFile(),
    name: 'analyse',
    minThreads: 0,
    maxThreads: threads,
    // What an analysis allocates is short-lived or lies outside of the heap: a smaller nursery costs it nothing measurable.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
    idleTimeout: idleMs,
  })
  // A thread that dies while idle concerns nobody; without a listener it would end the process.
  pool.on('error', () => {})
  return pool
}

/** Beside this file: built, or as a source that Node runs itself. */
function workerFile(): string {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return fileURLToPath(new URL(`./analysis-worker.${ending}`, import.meta.url))
}

async function runJob(
  pool: Piscina<AnalysisJob, AnalysisReply>,
  job: AnalysisJob,
  timeoutMs: number,
): Promise<Analysis> {
  const { file } = job
  const timeout = AbortSignal.timeout(timeoutMs)
  const reply = await pool.run(job, { signal: timeout }).catch((cause: unknown): never => {
    const said = cause instanceof Error ? cause.message : String(cause)
    const reason = timeout.aborted
      ? `The analysis took longer than ${timeoutMs / 1000} s.`
      : `The analysis crashed (${said}).`
    throw new HeroError('HERO_ANALYSIS_FAILED', reason, { file, cause })
  })
  if ('analysis' in reply) return reply.analysis
  throw fromPlainError(reply.error)
}
