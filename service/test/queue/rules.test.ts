/** The rules of jobs in a database that an earlier version has used. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createLog } from '../../src/log/log.ts'
import { createQueue } from '../../src/queue/queue.ts'
import { createTestDatabase } from '../harness/database.ts'

test('a new version brings its rules to queues that are there already', async () => {
  const database = await createTestDatabase()
  try {
    const log = createLog('silent')
    const read = async (): Promise<unknown> =>
      (
        await sql`select retry_limit, expire_seconds, heartbeat_seconds, dead_letter from queue.queue where name = 'generation'`.execute(
          database.db,
        )
      ).rows
    const first = createQueue(database, log)
    await first.start()
    const rules = await read()
    await first.stop(1)
    await sql`update queue.queue set retry_limit = 0, expire_seconds = 5, heartbeat_seconds = null, dead_letter = null`.execute(
      database.db,
    )
    const second = createQueue(database, log)
    await second.start()
    expect(await read()).toEqual(rules)
    await second.stop(1)
  } finally {
    await database.close()
  }
})
