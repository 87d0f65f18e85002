/** Signals of abuse: limits that somebody ran into, counted per day and kind for 90 days. They say that it happens, not who it was. */
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import type { LimitParts } from './bucket.ts'
import { hashSubject, toWindow } from './subject.ts'

/** What is counted. */
export type SignalKind = 'sign-up-cap' | 'password-guessing' | 'user-code-guessing' | 'refused-generations'

const day = 86_400_000
const keptMs = 90 * day

/** Counts a signal. */
export async function recordSignal(
  { secret, clock }: LimitParts,
  db: Db,
  kind: SignalKind,
  subject: string,
): Promise<void> {
  const at = clock.now()
  await db
    .insertInto('abuse_signal')
    .values({
      subject: hashSubject(secret, `signal ${kind}`, subject, toWindow(at, day).start),
      kind,
      count: 1,
      created_at: at,
      expires_at: new Date(at.getTime() + keptMs),
    })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet({ count: sql`abuse_signal.count + 1` }))
    .execute()
}
