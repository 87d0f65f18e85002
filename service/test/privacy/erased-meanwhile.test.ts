/** A person is erased while a request of theirs is under way. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestService, type TestService } from '../harness/service.ts'

/** Waits until a statement of somebody waits for a lock. */
async function someoneWaits({ service }: TestService): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ waiting: number }>`
      select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
    `.execute(service.db)
    if ((rows[0]?.waiting ?? 0) > 0) return
  }
}

test('V2 the answer is that nobody asked, and nothing is written', async () => {
  const hero = await createTestService()
  const person = await hero.createPerson()
  const { db } = hero.service
  const asked = await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('user').where('id', '=', person.userId).execute()
    const answer = person.post('/v1/support', { subject: 'Meanwhile', body: 'Is anybody there?' })
    await someoneWaits(hero)
    return { answer }
  })
  expect((await asked.answer).status).toBe(401)
  expect(await db.selectFrom('support_ticket').select('id').execute()).toEqual([])
  expect(await db.selectFrom('idempotency_key').select('key').where('owner', '=', person.userId).execute()).toEqual([])
  await hero.close()
})
