/**
 * Everything that touches pixels happens in a process of its own:
 * - glibc gives each thread that decodes or encodes an arena of memory and keeps it; that can only be bounded in the environment of a process, and lowers
 *   the peak of a build by about a quarter;
 * - libuv has four threads unless the environment says otherwise, and sharp works on those: here there are as many as there are cores;
 * - a picture that crashes a decoder makes an error, and does not take the bundler along.
 */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { type BirpcReturn, createBirpc } from 'birpc'
import { fromPlainError, HeroError, type HeroErrorCode } from '../errors.ts'
import type { AnalysisJob } from '../source/analysis-worker.ts'
import type { Analysis, Variant } from '../types.ts'
import { forkPixelProcess, keepAlive } from './fork.ts'
import type { DrawJob, Drawn, EngineCalls, Environment, PixelCalls, PixelSettings } from './messages.ts'

/** How long the process is kept without work, ms: starting it anew takes about 0.2 s. */
const idleMs = 10_000

/** A variant, and the signal that nobody wants it any more. */
export interface WantedVariant {
  readonly variant: Variant
  readonly unwanted: AbortSignal
}

/** Receives a variant, or learns that the store has it; `ms` is the time that its own encoding took. */
export type Deliver = (variant: Variant, drawn: Drawn, ms: number) => Promise<void>

/** Analyses photos and draws variants, elsewhere. */
export interface PixelProcess {
  /** @throws HeroError what `AnalysisPool` throws, and `HERO_ANALYSIS_FAILED` when the process ends */
  analyse(job: AnalysisJob): Promise<Analysis>
  /**
   * Draws variants of one photo. What becomes unwanted before it is begun is left out.
   * @throws HeroError what reading, drawing and `deliver` throw, and `HERO_RENDER_FAILED` when the process ends
   */
  draw(job: Omit<DrawJob, 'variants'>, wanted: readonly WantedVariant[], deliver: Deliver): Promise<void>
  /**
   * Ends the process as soon as it has nothing to do: it holds memory as long as it lives. Later work takes the wish back, or starts a new one. Settles when the work
   * at hand is done, and, unless there is other work by then, when the system has the memory back.
   */
  rest(): Promise<void>
  /** Ends the process at once; whatever it works on fails. A later call starts a new one. */
  close(): Promise<void>
}

/** A process as its host sees it; once it has ended its identifier may be another one's. */
export interface StartedProcess {
  readonly pid: number
  readonly ended: Promise<void>
  kill(): void
}

interface Connection {
  readonly child: ChildProcess
  readonly pixels: BirpcReturn<PixelCalls, EngineCalls>
}

/**
 * A handle on the process; it starts with the first call, and neither lasts without work nor keeps this process alive then.
 *
 * @param environment what it sees of the environment
 * @param onStart told of each process that is started
 */
export function createPixelProcess(
  settings: PixelSettings,
  environment: Environment = process.env,
  onStart?: (started: StartedProcess) => void,
): PixelProcess {
  const deliveries = new Map<number, EngineCalls['deliver']>()
  let connection: Connection | undefined
  let running = 0
  const atHand = new Set<Promise<void>>()
  let ending = Promise.resolve()
  let drawn = 0
  let idle: NodeJS.Timeout | undefined
  let isTired = false

  function connect(): Connection {
    const child = forkPixelProcess(settings, environment)
    const pixels = createBirpc<PixelCalls, EngineCalls>(
      { deliver: async (id, ...delivery) => deliveries.get(id)?.(id, ...delivery) },
      {
        post: (message) => void child.send(message, () => undefined),
        on: (listener) => child.on('message', listener),
        timeout: -1,
        eventNames: ['drop'],
      },
    )
    const opened = { child, pixels }
    const end = (how: string): void => {
      if (connection === opened) connection = undefined
      pixels.$close(new Ended(how))
    }
    child.on('error', ({ message }) => end(message))
    child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`))
    if (child.pid !== undefined) {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      onStart?.({ pid: child.pid, ended, kill: () => void child.kill('SIGKILL') })
    }
    return opened
  }

  function work<T>(file: string, code: HeroErrorCode, job: (pixels: Connection['pixels']) => Promise<T>): Promise<T> {
    const result = attend(file, code, job)
    const settled = result.then(
      () => undefined,
      () => undefined,
    )
    atHand.add(settled)
    void settled.then(() => atHand.delete(settled))
    return result
  }

  async function attend<T>(
    file: string,
    code: HeroErrorCode,
    job: (pixels: Connection['pixels']) => Promise<T>,
  ): Promise<T> {
    connection ??= connect()
    const { child, pixels } = connection
    clearTimeout(idle)
    isTired = false
    running += 1
    if (running === 1) keepAlive(child, true)
    try {
      return await job(pixels)
    } catch (cause) {
      if (!(cause instanceof Ended)) throw cause
      const reason = `The process that works on pixels ended (${cause.message}) while it had this photo.`
      throw new HeroError(code, reason, {
        file,
        cause,
        ...(cause.message === 'SIGKILL' ? { hint: shortOfMemory } : {}),
      })
    } finally {
      running -= 1
      // Closing waits for the process to exit, so it must stay referenced although its work has failed.
      if (running === 0 && connection?.child === child) {
        keepAlive(child, false)
        if (isTired) void close()
        else idle = setTimeout(close, idleMs).unref()
      }
    }
  }

  function close(): Promise<void> {
    clearTimeout(idle)
    if (connection !== undefined) ending = finish(connection)
    return ending
  }

  async function finish({ child, pixels }: Connection): Promise<void> {
    connection = undefined
    pixels.$close(new Ended('closed'))
    keepAlive(child, true)
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }

  return {
    async analyse(job) {
      const reply = await work(job.file, 'HERO_ANALYSIS_FAILED', (pixels) => pixels.analyse(job))
      if ('analysis' in reply) return reply.analysis
      throw fromPlainError(reply.error)
    },
    async draw(job, wanted, deliver) {
      const id = drawn++
      const over = new AbortController()
      const failures: unknown[] = []
      const variants = new Map(wanted.map(({ variant }) => [variant.key, variant]))
      deliveries.set(id, async (_, key, drawn, ms) => {
        const variant = variants.get(key)
        if (variant === undefined) return
        // An error of the engine's own keeps its identity here; the other side only needs to know that it must stop.
        await deliver(variant, drawn, ms).catch((error: unknown) => {
          failures.push(error)
          throw new Error('not delivered')
        })
      })
      try {
        const { error } = await work(job.file, 'HERO_RENDER_FAILED', (pixels) => {
          for (const { variant, unwanted } of wanted)
            unwanted.addEventListener('abort', () => void pixels.drop(id, variant.key), { signal: over.signal })
          return pixels.draw(id, { ...job, variants: [...variants.values()] })
        })
        if (error !== undefined) throw fromPlainError(error)
      } catch (error) {
        throw failures[0] ?? error
      } finally {
        over.abort()
        deliveries.delete(id)
      }
    },
    async rest() {
      isTired = true
      await Promise.all(atHand)
      if (running === 0) await close()
    },
    close,
  }
}

/** The other side is no longer there. */
class Ended extends Error {}

const shortOfMemory = 'Perhaps the system ran out of memory: lower `concurrency` or `limits.memory`.'
