/**
 * How much one wallet may have under way, and how often what we pay a provider for may come to nothing. Looked at while the wallet is locked, so that many at once
 * count like one after the other.
 */
import type { GenerationState } from '@hero-image/client/contract'
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import { ProblemError } from '../http/problem.ts'
import { recordSignal } from '../limits/signal.ts'
import { localProvider } from '../providers/local.ts'
import type { Service } from '../service.ts'
import type { Settings } from '../settings/read.ts'
import { unfinished } from './rows.ts'

const day = 86_400_000

/** Too much of what somebody asked for came to nothing: other than too many at once, it is a signal of abuse. */
class WastedTooMuch extends ProblemError {}

/**
 * Starts a generation, and counts the signal when too many came to nothing before: outside of the transaction, which is undone by then.
 *
 * @param start throws what `checkLimits` throws
 */
export async function countingRefusals<Result>(
  service: Pick<Service, 'db' | 'secret' | 'clock'>,
  userId: string,
  start: () => Promise<Result>,
): Promise<Result> {
  try {
    return await start()
  } catch (error) {
    if (error instanceof WastedTooMuch) await recordSignal(service, service.db, 'refused-generations', userId)
    throw error
  }
}

/** What is counted of somebody. */
export interface Counts {
  readonly underWay: number
  /** Within a day. */
  readonly wasted: number
  readonly firstWasted: Date | null
}

/** Counts, as a part of the statement that writes the next generation down: what that adds is not in it. It begins after the wallet was locked, so it sees all that was before. */
export function selectCounts(db: Db, { userId, at }: { readonly userId: string; readonly at: Date }) {
  const wasted = db
    .selectFrom('generation')
    .select(({ fn }) => [fn.countAll<number>().as('wasted'), fn.min('finished_at').as('firstWasted')])
    .where('user_id', '=', userId)
    // Canceled while somebody drew, or of no use, it gave the credits back, and the provider is paid all the same.
    .where('state', 'in', inText(['refused', 'canceled', 'failed']))
    .where((where) => where.or([where('state', '!=', sql.lit('failed')), where('failure_code', '=', 'bad-result')]))
    .where('started_at', 'is not', null)
    .where('provider', '!=', localProvider.id)
    .where('finished_at', '>', new Date(at.getTime() - day))
  const underWay = db
    .selectFrom('generation')
    .select(({ fn }) => fn.countAll<number>().as('underWay'))
    .where('user_id', '=', userId)
    .where('state', 'in', inText(unfinished))
  return db
    .selectFrom([underWay.as('under_way'), wasted.as('wasted')])
    .select(['under_way.underWay', 'wasted.wasted', 'wasted.firstWasted'])
}

/**
 * Checks. Credits per day are checked by the ledger when they are reserved.
 *
 * @throws ProblemError limit-reached
 */
export function checkLimits(
  { HERO_RUNNING_GENERATIONS: running, HERO_REFUSALS_PER_DAY: refusals }: Settings,
  { underWay, wasted, firstWasted }: Counts,
  at: Date,
): void {
  if (underWay >= running) {
    throw new ProblemError('limit-reached', {
      detail: `No more than ${running} generations may be under way at once.`,
      headers: { 'Retry-After': '10' },
    })
  }
  if (wasted >= refusals) {
    const free = (firstWasted?.getTime() ?? at.getTime()) + day
    throw new WastedTooMuch('limit-reached', {
      detail: 'Within a day, too many pictures were refused, canceled while they were drawn, or of no use.',
      headers: { 'Retry-After': String(Math.max(1, Math.ceil((free - at.getTime()) / 1000))) },
    })
  }
}

/** Stands in the text of the statement, where each of the two partial indexes is known by it. */
function inText(states: readonly GenerationState[]) {
  return states.map((state) => sql.lit(state))
}
