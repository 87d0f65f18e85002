/** One holder per name and cache folder, across the threads and processes of one machine. */

import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { toCacheError } from './file-error.ts'
import { toLockFolder } from './layout.ts'
import { type HeldLock, tryLockFile } from './lock-file.ts'

/** How to wait for a lock. */
export interface LockOptions {
  /** Ends the waiting with the signal's reason. The job is not started then; one that runs is not touched. */
  readonly signal?: AbortSignal
  /** Called once, when somebody else holds the lock. */
  readonly onWait?: () => void
}

const firstWaitMs = 5
const longestWaitMs = 100

/** End of the line for each lock file of this thread: threads and processes poll, calls of one thread queue up. */
const lines = new Map<string, Promise<void>>()

/** Says whether the present call runs inside a job that holds a lock. */
const holding = new AsyncLocalStorage<{ active: boolean }>()

/**
 * Runs the job while holding the lock `name` of the cache folder `dir`, and gives what the job gives.
 *
 * The lock is freed when the job ends, and by the system when its process is killed. Locks of different names may
 * coincide: a job then waits for a stranger. A job must not take another lock; that is an Error.
 *
 * @throws HeroError HERO_CACHE_UNWRITABLE when the lock file cannot be made; the signal's reason when aborted.
 */
export async function withLock<T>(
  dir: string,
  name: string,
  job: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  if (holding.getStore()?.active === true) throw new Error(`The job of one lock must not take another one: ${name}`)
  options.signal?.throwIfAborted()
  let waited = false
  const onWait = (): void => {
    if (!waited) options.onWait?.()
    waited = true
  }
  const file = toLockFile(dir, name)
  const leave = await queueUp(file, onWait, options.signal)
  try {
    const lock = await acquire(dir, file, onWait, options.signal)
    const context = { active: true }
    try {
      return await holding.run(context, job)
    } finally {
      // What the job started and left running may take locks of its own from now on.
      context.active = false
      lock.release()
    }
  } finally {
    leave()
  }
}

/**
 * A file per name would pile up one for every photo that ever was; deleting them safely needs a second lock. 256 files
 * of 0 bytes bound the litter. Price: of 8 photos at work at once, two share a file in about one build of ten, and one
 * waits as it would have for the processor. No deadlock can come of it, since nobody holds two locks.
 */
function toLockFile(dir: string, name: string): string {
  const shard = createHash('sha256').update(name).digest('hex').slice(0, 2)
  return join(resolve(toLockFolder(dir)), `${shard}.sqlite`)
}

/** Waits for the earlier calls of this thread. Gives the function that lets the next one go. */
async function queueUp(file: string, onWait: () => void, signal: AbortSignal | undefined): Promise<() => void> {
  const earlier = lines.get(file)
  let leave = (): void => undefined
  const left = new Promise<void>((done) => {
    leave = done
  })
  // One that gives up waiting leaves the line, but whoever comes after still waits for the earlier ones.
  const line = Promise.all([earlier, left]).then(() => {
    if (lines.get(file) === line) lines.delete(file)
  })
  lines.set(file, line)
  if (earlier === undefined) return leave
  try {
    onWait()
    await unlessAborted(earlier, signal)
    return leave
  } catch (error) {
    leave()
    throw error
  }
}

async function acquire(
  dir: string,
  file: string,
  onWait: () => void,
  signal: AbortSignal | undefined,
): Promise<HeldLock> {
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 1.5, longestWaitMs)) {
    const lock = tryOrExplain(dir, file)
    if (lock !== undefined) return lock
    onWait()
    // Jitter, so that waiting processes do not ask in step.
    await unlessAborted(sleep(wait * (0.5 + Math.random() / 2)), signal)
  }
}

function tryOrExplain(dir: string, file: string): HeldLock | undefined {
  try {
    return tryLockFile(file)
  } catch (error) {
    throw toCacheError(dir, 'locked', error)
  }
}

function unlessAborted<T>(wait: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return wait
  return new Promise<T>((done, fail) => {
    const abort = (): void => fail(signal.reason)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    wait.then(done, fail).finally(() => signal.removeEventListener('abort', abort))
  })
}
