/**
 * Requests that must happen once, however often they are sent: the answer is stored under the caller's key in the transaction of what it did. A second request waits
 * for the first at the primary key, and then finds its answer.
 */
import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { z } from 'zod'
import type { Db } from '../database/open.ts'
import { runPrepared } from '../database/prepared.ts'
import type { ServiceEnv } from './env.ts'
import { principalOf } from './guard.ts'
import { ProblemError } from './problem.ts'

/** An answer, new or as it was given before. */
export interface Once<Answer> {
  readonly answer: Answer
  readonly isReplay: boolean
}

/**
 * Does something once per caller and key.
 *
 * @param schema of the answer, which is stored as JSON
 * @param wish what tells this request from another with the same key: the checked body, hashes of files
 * @param work what happens, in the given transaction and without waiting for the network; throwing undoes all of it and frees the key
 * @throws ProblemError missing-idempotency-key; idempotency-key-reused when the key came with another request
 */
export async function once<Schema extends z.ZodType>(
  c: Context<ServiceEnv>,
  schema: Schema,
  wish: unknown,
  work: (trx: Db) => Promise<z.input<Schema>>,
): Promise<Once<z.output<Schema>>> {
  const key = c.req.header('idempotency-key')
  if (key === undefined || key === '') throw new ProblemError('missing-idempotency-key')
  if (key.length > 255)
    throw new ProblemError('missing-idempotency-key', { detail: 'The key is longer than 255 characters.' })
  const { db, clock } = c.get('service')
  const owner = principalOf(c).userId
  const fingerprint = toFingerprint(c.req.method, c.req.path, wish)
  const result = await db.transaction().execute(async (trx) => {
    const [isNew] = await runPrepared(
      trx,
      trx
        .insertInto('idempotency_key')
        .values({ owner, key, fingerprint, created_at: clock.now() })
        .onConflict((conflict) => conflict.doNothing())
        .returning('key')
        .compile(),
    )
    if (isNew === undefined) {
      const before = await trx
        .selectFrom('idempotency_key')
        .select(['fingerprint', 'answer'])
        .where('owner', '=', owner)
        .where('key', '=', key)
        .executeTakeFirstOrThrow()
      if (!fingerprint.equals(before.fingerprint)) throw new ProblemError('idempotency-key-reused')
      return { answer: before.answer, isReplay: true }
    }
    const answer = await work(trx)
    await runPrepared(
      trx,
      trx
        .updateTable('idempotency_key')
        .set({ answer: JSON.stringify(answer) })
        .where('owner', '=', owner)
        .where('key', '=', key)
        .compile(),
    )
    return { answer, isReplay: false }
  })
  if (result.isReplay) c.header('Idempotency-Replayed', 'true')
  return { answer: schema.parse(result.answer), isReplay: result.isReplay }
}

function toFingerprint(method: string, path: string, wish: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([method, path, wish]))
    .digest()
}
