/** The pixel process: reads photos, analyses them in threads, draws variants and puts them into the store. It may be killed at any moment: entries are complete or absent. */
import { createBirpc } from 'birpc'
import { isHeroError, toPlainError } from '../errors.ts'
import { free } from '../source/free.ts'
import { loadSharp } from '../source/load-sharp.ts'
import type { AnalysisPool } from '../source/pool.ts'
import { createQueue, type Queue } from '../store/queue.ts'
import { withSlot } from '../store/slots.ts'
import { createStore } from '../store/store.ts'
import { drawPhoto } from './draw.ts'
import type { EngineCalls, PixelCalls, PixelSettings } from './messages.ts'

/**
 * How long threads are kept when no photo waits to be analysed: they come in a rush while modules load, and later threads would only hold memory beside the
 * encoders. While some wait for a decode, threads stay, since starting one anew costs as much CPU as two or three analyses.
 */
const idleMs = 250

/** What an analysis may hold: progressive files are decoded whole before they are scaled. */
const analysisBytes = 64 * 1024 * 1024

// Needed by every drawing: loaded while the first photo is still analysed. Whoever needs it hears of a failure.
loadSharp().catch(() => undefined)

const settings: PixelSettings = JSON.parse(process.argv[2] ?? '')
const queue = createQueue({ jobs: settings.jobs, bytes: settings.memory })
/**
 * Each thread reads both networks and warms up by itself, a fifth of the CPU of six analyses, and the other cores can already encode what has been analysed.
 */
const threads = Math.ceil(settings.jobs / 2)
/**
 * Whoever decodes a photo may hold all of it at once, the largest amounts of memory there are: up to 100 MB for 24 MP. Analyses and drawings therefore decode on
 * half of the cores together; over many photos they met by chance more and more often, which cost 100 MB between 6 and 96 photos.
 */
const decodes = createQueue({ jobs: threads, bytes: Number.POSITIVE_INFINITY })
const dropped = new Map<number, Set<string>>()
const drawing = settings.sharedWith === undefined ? queue : shareSlots(queue, settings.sharedWith)
/** From here and not from the engine's process, which would hold all that was sent to it until its collector looks. */
const store = settings.keepIn === undefined ? undefined : createStore({ dir: settings.keepIn, mode: 'read-write' })
let pool: Promise<AnalysisPool> | undefined
let waiting = 0
let idle: NodeJS.Timeout | undefined

// Interrupts reach all processes of a terminal: the engine's decides what becomes of the work.
process.on('SIGINT', () => undefined)
// The engine is gone, and with it everybody who could want the pixels. Running encodes would hold up an orderly exit.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

const calls: PixelCalls = {
  async analyse(job) {
    pool ??= import('../source/pool.ts').then(({ createAnalysisPool }) =>
      createAnalysisPool({ threads, timeoutMs: settings.seconds * 1000, idleMs: Number.POSITIVE_INFINITY }),
    )
    clearTimeout(idle)
    waiting += 1
    const { analyse, close } = await pool
    try {
      // Modules wait for analyses, so they go before encodes.
      return await orPlainError(async () => ({
        analysis: await decodes.run(() => queue.run(() => analyse(job), { priority: 1, bytes: analysisBytes })),
      }))
    } finally {
      waiting -= 1
      if (waiting === 0) idle = setTimeout(close, idleMs)
    }
  },
  draw(id, job) {
    const unwanted = new Set<string>()
    dropped.set(id, unwanted)
    return orPlainError(async () => {
      try {
        await drawPhoto(job, {
          isWanted: ({ key }) => !unwanted.has(key),
          queue: drawing,
          decodes,
          deliver: async ({ key, format }, bytes, ms) => {
            await store?.write('variant', key, bytes)
            await engine.deliver(id, key, store === undefined ? { bytes } : { size: bytes.length }, ms)
            // A drawing is the photo's own bytes.
            if (format !== 'svg') free(bytes)
          },
        })
        return {}
      } finally {
        dropped.delete(id)
      }
    })
  },
  drop(id, key) {
    dropped.get(id)?.add(key)
  },
}

const engine = createBirpc<EngineCalls, PixelCalls>(calls, {
  post: (message) => process.send?.(message),
  on: (listener) => process.on('message', listener),
  timeout: -1,
})

async function orPlainError<T>(
  work: () => Promise<T>,
): Promise<T | { readonly error: ReturnType<typeof toPlainError> }> {
  try {
    return await work()
  } catch (error) {
    if (!isHeroError(error)) throw error
    return { error: toPlainError(error) }
  }
}

/** The queue, with the same bound over all processes that draw into one cache folder. Analyses stay out: they are short, and modules wait for them. */
function shareSlots(inner: Queue, dir: string): Pick<Queue, 'run'> {
  return { run: (job, options) => inner.run((signal) => withSlot(dir, settings.jobs, () => job(signal)), options) }
}
