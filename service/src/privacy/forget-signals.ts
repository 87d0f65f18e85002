/** Signals of abuse that were counted under an account or its address of mail. They are keyed hashes by day, so what an account can have is computed, and deleted. */
import type { Db } from '../database/open.ts'
import type { SignalKind } from '../limits/signal.ts'
import { hashSubject, toWindow } from '../limits/subject.ts'
import type { Service } from '../service.ts'

const kinds = {
  'sign-up-cap': true,
  'password-guessing': true,
  'user-code-guessing': true,
  'refused-generations': true,
} as const satisfies Readonly<Record<SignalKind, true>>

const day = 86_400_000

/** Signals are kept for 90 days; one more for the day that began then. */
const days = 91

/**
 * Deletes them.
 *
 * @param subjects identifier and address of mail of the account
 */
export async function forgetSignals(
  { secret, clock }: Pick<Service, 'secret' | 'clock'>,
  trx: Db,
  subjects: readonly string[],
): Promise<number> {
  const today = toWindow(clock.now(), day).start
  const hashes: Buffer[] = []
  for (const kind of Object.keys(kinds)) {
    for (const subject of subjects) {
      for (let age = 0; age < days; age++) {
        hashes.push(hashSubject(secret, `signal ${kind}`, subject, today - age * day))
      }
    }
  }
  const { numDeletedRows } = await trx.deleteFrom('abuse_signal').where('subject', 'in', hashes).executeTakeFirst()
  return Number(numDeletedRows)
}
