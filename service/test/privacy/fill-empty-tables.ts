/** Rows for a person in tables that no route has filled by then, so that exports and erasures meet every table there is. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { newId } from '../../src/keys/uuid.ts'
import { exportedTables } from '../../src/privacy/export/rows.ts'
import { leadsTo } from '../../src/privacy/registry/rows.ts'
import type { TableName } from '../../src/privacy/registry/rule.ts'
import type { TestService } from '../harness/service.ts'

/**
 * Fills them.
 *
 * @returns the names of those that were empty
 */
export async function fillEmptyTables({ service }: TestService, userId: string): Promise<TableName[]> {
  const { db, clock } = service
  const now = clock.now()
  const filled: TableName[] = []
  for (const { name } of exportedTables) {
    const { rows } = await sql`select 1 from ${sql.table(name)} where ${leadsTo(name, userId)} limit 1`.execute(db)
    if (rows.length > 0) continue
    filled.push(name)
    if (name === 'device_grant') {
      await db
        .insertInto('device_grant')
        .values({
          id: newId(),
          device_code_hash: randomBytes(32),
          user_code_hash: randomBytes(32),
          client_id: 'hero-image',
          client_name: 'Command line',
          scopes: ['projects:read'],
          user_id: userId,
          expires_at: now,
        })
        .execute()
    } else if (name === 'verification') {
      await db
        .insertInto('verification')
        .values({ id: newId(), identifier: newId(), value: userId, expiresAt: now })
        .execute()
    } else if (name === 'hold') {
      const { id } = await db.selectFrom('wallet').select('id').where('user_id', '=', userId).executeTakeFirstOrThrow()
      await sql`select * from ledger_reserve(${newId()}, ${id}, 1, ${newId()}, ${now}, ${now}, 0, null)`.execute(db)
    } else if (name === 'data_export') {
      await db
        .insertInto('data_export')
        .values({ id: newId(), user_id: userId, state: 'failed', created_at: new Date(now.getTime() - 86_400_000) })
        .execute()
    } else if (name === 'export') {
      const project = await db
        .selectFrom('project')
        .select('id')
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow()
      await db
        .insertInto('export')
        .values({ id: newId(), user_id: userId, project_id: project.id, kind: 'zip', options: '{}', created_at: now })
        .execute()
    } else {
      throw new Error(`Nothing was written into ${name}: the routes that write there are not seeded.`)
    }
  }
  return filled
}
