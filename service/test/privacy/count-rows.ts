/** How many rows of each table lead to a person. */
import { sql } from 'kysely'
import { exportedTables } from '../../src/privacy/export/rows.ts'
import { leadsTo } from '../../src/privacy/registry/rows.ts'
import type { TestService } from '../harness/service.ts'

/** Counts them. */
export async function countRows({ service }: TestService, userId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { name } of exportedTables) {
    const { rows } = await sql`select 1 from ${sql.table(name)} where ${leadsTo(name, userId)}`.execute(service.db)
    counts[name] = rows.length
  }
  return counts
}
