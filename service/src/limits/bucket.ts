/** Limits that hold across processes and restarts: counts in the database, one statement each, so that two at once are never counted as one. */
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import { ProblemError } from '../http/problem.ts'
import type { Service } from '../service.ts'
import { type Allowance, toSeconds } from './burst.ts'
import { hashSubject, toWindow } from './subject.ts'

/** A limit: so many in such a window. */
export interface Limit {
  readonly kind: string
  readonly limit: number
  readonly windowMs: number
}

/** What limits stand on. */
export type LimitParts = Pick<Service, 'secret' | 'clock'>

/** Counts one, and tells whether it was one too many. */
export async function takeOne(
  { secret, clock }: LimitParts,
  db: Db,
  { kind, limit, windowMs }: Limit,
  subject: string,
): Promise<Allowance> {
  const at = clock.now()
  const { start, end } = toWindow(at, windowMs)
  const { count } = await db
    .insertInto('rate_bucket')
    .values({ subject: hashSubject(secret, kind, subject, start), kind, count: 1, expires_at: end })
    .onConflict((conflict) =>
      // Far beyond the limit nothing is counted any more: the number has an end.
      conflict.column('subject').doUpdateSet({ count: sql`least(rate_bucket.count + 1, 1000000)` }),
    )
    .returning('count')
    .executeTakeFirstOrThrow()
  return { allowed: count <= limit, limit, remaining: Math.max(0, limit - count), resetSeconds: toSeconds(end, at) }
}

/** Gives one back that turned out not to count. */
export async function giveBack(
  { secret, clock }: LimitParts,
  db: Db,
  { kind, windowMs }: Limit,
  subject: string,
): Promise<void> {
  const { start } = toWindow(clock.now(), windowMs)
  await db
    .updateTable('rate_bucket')
    .set({ count: sql<number>`greatest(count - 1, 0)` })
    .where('subject', '=', hashSubject(secret, kind, subject, start))
    .execute()
}

/** What an answer says of a limit. */
export function toHeaders({ limit, remaining, resetSeconds }: Allowance): Record<string, string> {
  return {
    'RateLimit-Limit': String(limit),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(resetSeconds),
  }
}

/** The answer to one too many. */
export function tooMany(allowance: Allowance): ProblemError {
  return new ProblemError('too-many-requests', {
    detail: `Try again in ${allowance.resetSeconds} s.`,
    headers: { ...toHeaders(allowance), 'Retry-After': String(allowance.resetSeconds) },
  })
}

/**
 * Counts one.
 *
 * @throws ProblemError too-many-requests
 */
export async function requireRoom(parts: LimitParts, db: Db, limit: Limit, subject: string): Promise<void> {
  const allowance = await takeOne(parts, db, limit, subject)
  if (!allowance.allowed) throw tooMany(allowance)
}
