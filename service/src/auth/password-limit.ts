/** Guesses of passwords: five a minute for one account from one sender. Counted before anything is hashed, since hashing is what costs; what was right is given back. */
import type { Context } from 'hono'
import type { ServiceEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { giveBack, type Limit, takeOne, tooMany } from '../limits/bucket.ts'
import { recordSignal } from '../limits/signal.ts'
import { toSender, toSubscriber } from '../limits/subject.ts'

const perAccount: Limit = { kind: 'password', limit: 5, windowMs: 60_000 }

/** One sender that tries one password on many accounts. */
const perSender: Limit = { kind: 'password-sender', limit: 50, windowMs: 60_000 }

/** The same for all IPv6 networks that one subscriber has: each is a sender by itself. */
const perSubscriber: Limit = { kind: 'password-subscriber', limit: 500, windowMs: 60_000 }
const perAccountAndSubscriber: Limit = { kind: 'password-account', limit: 50, windowMs: 60_000 }

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
  const subscriber = toSubscriber(c.get('address'))
  const name = account.toLowerCase()
  // The wider ones first, since networks and accounts are named by whoever asks: beyond these no further ones are remembered.
  const counted: readonly (readonly [Limit, string])[] = [
    ...(subscriber === undefined ? [] : ([[perSubscriber, subscriber]] as const)),
    [perSender, sender],
    ...(subscriber === undefined ? [] : ([[perAccountAndSubscriber, `${name} ${subscriber}`]] as const)),
    [perAccount, `${name} ${sender}`],
  ]
  const forgive = async (some = counted): Promise<void> => {
    for (const [limit, subject] of some) await giveBack(service, service.db, limit, subject)
  }
  for (const [index, [limit, subject]] of counted.entries()) {
    const allowance = await takeOne(service, service.db, limit, subject)
    if (allowance.allowed) continue
    // Nothing was tried: whoever hammers on one account must not use up what their neighbours behind one address have.
    await forgive(counted.slice(0, index))
    await recordSignal(service, service.db, 'password-guessing', subscriber ?? sender)
    throw tooMany(allowance)
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
