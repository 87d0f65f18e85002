/**
 * Tells visitors of one day apart without knowing them: a keyed hash under a salt that is new every day and forgotten within 48 hours. The key does not lie in the
 * database, so that hits and salts of a dump cannot be tried against all addresses there are.
 */
import { createHmac, randomBytes } from 'node:crypto'
import type { Db } from '../database/open.ts'
import { deriveKey } from '../keys/derive.ts'

/** The day of a time in UTC, such as `2026-11-28`. */
export function toDay(time: Date): string {
  return time.toISOString().slice(0, 10)
}

/** Salt of a day, made by whoever needs it first. */
export async function saltOf(db: Db, day: string): Promise<Buffer> {
  const kept = await db.selectFrom('analytics_salt').select('salt').where('day', '=', day).executeTakeFirst()
  if (kept !== undefined) return kept.salt
  await db
    .insertInto('analytics_salt')
    .values({ day, salt: randomBytes(32) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const made = await db.selectFrom('analytics_salt').select('salt').where('day', '=', day).executeTakeFirstOrThrow()
  return made.salt
}

/** A visitor of a day: the same person has the same on one site all day long, and another the next day. */
export function toVisitor(secret: string, salt: Buffer, site: string, address: string, userAgent: string): Buffer {
  const key = createHmac('sha256', deriveKey(secret, 'visitor')).update(salt).digest()
  return createHmac('sha256', key)
    .update(JSON.stringify([site, address, userAgent]))
    .digest()
    .subarray(0, 16)
}
