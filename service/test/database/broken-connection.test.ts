/** A connection that the server ends in the middle of a transaction fails that transaction, not the process. */
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { createTestDatabase } from '../harness/database.ts'

test('a connection that breaks between two statements fails the next one; others go on', async () => {
  const database = await createTestDatabase(4)
  const { db } = database
  const pidOf = sql<{ pid: number }>`select pg_backend_pid() as pid`
  const count = (pid: number) =>
    sql<{ count: number }>`select count(*) as count from pg_stat_activity where pid = ${pid}`
  try {
    const broken = db.transaction().execute(async (trx) => {
      const { rows } = await pidOf.execute(trx)
      const pid = rows[0]?.pid ?? 0
      await sql`select pg_terminate_backend(${pid})`.execute(db)
      await vi.waitUntil(async () => (await count(pid).execute(db)).rows[0]?.count === 0)
      await pidOf.execute(trx)
    })
    await expect(broken).rejects.toThrow()
    expect((await pidOf.execute(db)).rows).toHaveLength(1)
  } finally {
    await database.close()
  }
})
