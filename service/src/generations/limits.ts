/**
 * How much one wallet may have under way, and how often what we pay a provider for may come to nothing. Looked at while the wallet is locked, so that many at once
 * count like one after the other.
 */
import type { GenerationState } from '@hero-image/client/contract'
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import { runPrepared } from '../database/prepared.ts'
import { ProblemError } from '../http/problem.ts'
import { localProvider } from '../providers/local.ts'
import type { Settings } from '../settings/read.ts'
import { unfinished } from './rows.ts'

const day = 86_400_000

/** Who asks, and when. */
export interface LimitQuestion {
  readonly userId: string
  readonly walletId: string
  /** The transaction has changed the wallet, and so nobody else can. */
  readonly isLocked: boolean
  readonly at: Date
}

/**
 * Locks the wallet, unless it is, and checks. Credits per day are checked by the ledger when they are reserved.
 *
 * @throws ProblemError limit-reached
 */
export async function checkLimits(
  trx: Db,
  { HERO_RUNNING_GENERATIONS: running, HERO_REFUSALS_PER_DAY: refusals }: Settings,
  { userId, walletId, isLocked, at }: LimitQuestion,
): Promise<void> {
  if (!isLocked) await trx.selectFrom('wallet').select('id').where('id', '=', walletId).forUpdate().execute()
  const since = new Date(at.getTime() - day)
  const wasted = trx
    .selectFrom('generation')
    .select((select) => [select.fn.countAll<number>().as('count'), select.fn.min('finished_at').as('first')])
    .where('user_id', '=', userId)
    // Canceled while somebody drew, or of no use, it gave the credits back, and the provider is paid all the same.
    .where('state', 'in', inText(['refused', 'canceled', 'failed']))
    .where((where) => where.or([where('state', '!=', sql.lit('failed')), where('failure_code', '=', 'bad-result')]))
    .where('started_at', 'is not', null)
    .where('provider', '!=', localProvider.id)
    .where('finished_at', '>', since)
  const underWay = trx
    .selectFrom('generation')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('state', 'in', inText(unfinished))
  const [found] = await runPrepared(
    trx,
    trx
      .selectFrom([wasted.as('wasted'), underWay.as('under_way')])
      .select(['under_way.count as underWay', 'wasted.count as wasted', 'wasted.first'])
      .compile(),
  )
  if (found === undefined) throw new Error('Counting gives a row.')
  if (found.underWay >= running) {
    throw new ProblemError('limit-reached', {
      detail: `No more than ${running} generations may be under way at once.`,
      headers: { 'Retry-After': '10' },
    })
  }
  if (found.wasted >= refusals) {
    const free = (found.first?.getTime() ?? at.getTime()) + day
    throw new ProblemError('limit-reached', {
      detail: 'Within a day, too many pictures were refused, canceled while they were drawn, or of no use.',
      headers: { 'Retry-After': String(Math.max(1, Math.ceil((free - at.getTime()) / 1000))) },
    })
  }
}

/** Stands in the text of the statement, where each of the two partial indexes is known by it. */
function inText(states: readonly GenerationState[]) {
  return states.map((state) => sql.lit(state))
}
