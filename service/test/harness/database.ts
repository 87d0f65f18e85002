/** A database of a test's own, copied from the template: a quarter of a second. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { inject } from 'vitest'
import { type Database, openPostgres } from '../../src/database/open.ts'
import { templateName } from './global-setup.ts'

/** A database that goes away when it is closed. */
export interface TestDatabase extends Database {
  readonly url: string
}

/** Makes a database with the present schema. */
export function createTestDatabase(pool = 20): Promise<TestDatabase> {
  return createFrom(templateName, pool)
}

/** Makes a database with nothing in it. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createFrom('template0', 5)
}

async function createFrom(template: string, pool: number): Promise<TestDatabase> {
  const name = `hero_${randomBytes(6).toString('hex')}`
  const adminUrl = inject('adminUrl')
  await asAdmin(adminUrl, `create database ${name} template ${template}`)
  const url = adminUrl.replace('/postgres?', `/${name}?`)
  const database = await openPostgres(url, pool)
  return {
    ...database,
    url,
    async close() {
      await database.close()
      await asAdmin(adminUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const admin = await openPostgres(adminUrl, 1)
  try {
    await sql.raw(statement).execute(admin.db)
  } finally {
    await admin.close()
  }
}
