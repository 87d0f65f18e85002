/** Guesses of passwords: five a minute for one account from one sender. Counted before anything is hashed, since hashing is what costs; what was right is given back. */
import type { Context } from 'hono'
import type { ServiceEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { giveBack, type Limit, takeOne, tooMany } from '../limits/bucket.ts'
import { recordSignal } from '../limits/signal.ts'
import { toSender } from '../limits/subject.ts'

const perAccount: Limit = { kind: 'password', limit: 5, windowMs: 60_000 }

/** One sender that tries one password on many accounts. */
const perSender: Limit = { kind: 'password-sender', limit: 50, windowMs: 60_000 }

/**
 * Tries a password.
 *
 * @param account address of mail, or identifier of the account
 * @param attempt throws ProblemError wrong-credentials or invalid-fields when the password is wrong
 * @throws ProblemError too-many-requests without having tried
 */
export async function limitGuesses<Result>(
  c: Context<ServiceEnv>,
  account: string,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const service = c.get('service')
  const sender = toSender(c.get('address'))
  const counted = [
    // First, since accounts are named by whoever asks: beyond this no further one is remembered.
    [perSender, sender],
    [perAccount, `${account.toLowerCase()} ${sender}`],
  ] as const
  for (const [limit, subject] of counted) {
    const allowance = await takeOne(service, service.db, limit, subject)
    if (allowance.allowed) continue
    // Nothing was tried: whoever hammers on one account must not use up what their neighbours behind one address have.
    if (limit === perAccount) await giveBack(service, service.db, perSender, sender)
    await recordSignal(service, service.db, 'password-guessing', sender)
    throw tooMany(allowance)
  }
  const forgive = async (): Promise<void> => {
    for (const [limit, subject] of counted) await giveBack(service, service.db, limit, subject)
  }
  try {
    const result = await attempt()
    await forgive()
    return result
  } catch (error) {
    if (!isWrongPassword(error)) await forgive()
    throw error
  }
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof ProblemError && (error.code === 'wrong-credentials' || error.code === 'invalid-fields')
}
