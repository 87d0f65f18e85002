/** At most so many jobs at once, across the threads and processes of one machine that share a cache folder. */
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { toCacheError } from './file-error.ts'
import { toLockFolder } from './layout.ts'
import { type HeldLock, tryLockFile } from './lock-file.ts'

const firstWaitMs = 2
const longestWaitMs = 25

/**
 * Runs the job while holding one of `count` slots of the cache folder `dir`, and gives what the job gives. The system frees the slots of a process that is killed.
 *
 * All who share the folder must give the same count. Nobody waits in line: whoever asks first when a slot is free has it.
 *
 * @throws HeroError HERO_CACHE_UNWRITABLE when no lock file can be made
 */
export async function withSlot<T>(dir: string, count: number, job: () => Promise<T>): Promise<T> {
  const slot = await takeSlot(dir, count)
  try {
    return await job()
  } finally {
    slot.release()
  }
}

async function takeSlot(dir: string, count: number): Promise<HeldLock> {
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 1.5, longestWaitMs)) {
    for (let number = 0; number < count; number++) {
      const slot = tryOrExplain(dir, number)
      if (slot !== undefined) return slot
    }
    // Jitter, so that waiting processes do not ask in step.
    await sleep(wait * (0.5 + Math.random() / 2))
  }
}

function tryOrExplain(dir: string, number: number): HeldLock | undefined {
  try {
    return tryLockFile(join(resolve(toLockFolder(dir)), `slot-${number}.sqlite`))
  } catch (error) {
    throw toCacheError(dir, 'locked', error)
  }
}
