/** Notices that a generation was canceled, by whatever process, while this one works on it. */
import type { Service } from '../service.ts'
import { isFinal } from './rows.ts'
import { Overtaken, ProcessStops } from './stops.ts'

/** How often is looked, ms. */
const every = 1000

/** A watch; `signal` fires when the work is no longer wanted. */
export interface Watch {
  readonly signal: AbortSignal
  end(): void
}

/**
 * Watches an attempt.
 *
 * @param jobSignal fires when the job was given to somebody else, or the process stops
 */
export function watchGeneration(
  { db, log }: Pick<Service, 'db' | 'log'>,
  id: string,
  attempt: number,
  jobSignal: AbortSignal,
): Watch {
  const controller = new AbortController()
  const stop = (): void => controller.abort(new ProcessStops())
  if (jobSignal.aborted) stop()
  jobSignal.addEventListener('abort', stop, { once: true })
  let isLooking = false
  const look = async (): Promise<void> => {
    if (isLooking) return
    isLooking = true
    try {
      const row = await db.selectFrom('generation').select(['state', 'attempt']).where('id', '=', id).executeTakeFirst()
      if (row === undefined || isFinal(row.state)) controller.abort(new Overtaken())
      // Somebody took this process for dead, and works on it by now: what was ordered is theirs, and not to be canceled.
      else if (row.attempt !== attempt || row.state !== 'running') stop()
    } catch (error) {
      log.warn({ err: error }, 'a generation could not be watched')
    } finally {
      isLooking = false
    }
  }
  const timer = setInterval(() => void look(), every)
  return {
    signal: controller.signal,
    end() {
      clearInterval(timer)
      jobSignal.removeEventListener('abort', stop)
    },
  }
}
