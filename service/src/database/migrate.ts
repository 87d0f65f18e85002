/** Brings a database to the present schema: the files of `migrations`, each once, in order, all in one transaction. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import { packageFolder } from '../package-folder.ts'
import type { Db } from './open.ts'

/** Folder of the migrations. */
export const migrationsFolder: string = join(packageFolder, 'migrations')

/**
 * Runs what is missing. Several processes may do so at once: one migrates, the others wait. If a migration fails, the database stays as it was.
 *
 * @param folder where the migrations lie
 * @returns the names of those that ran
 * @throws Error naming the migration at fault
 */
export async function migrate(db: Db, folder: string = migrationsFolder): Promise<string[]> {
  const migrator = new Migrator({ db, provider: createProvider(folder) })
  const { error, results = [] } = await migrator.migrateToLatest()
  const failed = results.find(({ status }) => status === 'Error')
  if (error !== undefined) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The database could not be migrated${failed ? `, at ${failed.migrationName}` : ''}: ${reason}`, {
      cause: error,
    })
  }
  return results.filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName)
}

/** True when nothing is missing. */
export async function isMigrated(db: Db, folder: string = migrationsFolder): Promise<boolean> {
  const migrations = await new Migrator({ db, provider: createProvider(folder) }).getMigrations()
  return migrations.every(({ executedAt }) => executedAt !== undefined)
}

function createProvider(folder: string): MigrationProvider {
  return {
    async getMigrations() {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
      const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
      return Object.fromEntries(
        names.map((name, index) => [name.slice(0, -'.sql'.length), toMigration(texts[index] ?? '')]),
      )
    },
  }
}

function toMigration(text: string): Migration {
  return {
    async up(db) {
      // One statement at a time: the extended protocol, which the embedded database speaks, takes no more.
      for (const statement of splitStatements(text)) await sql.raw(statement).execute(db)
    },
  }
}

/**
 * Cuts a script into statements at semicolons that end a line outside of `$$` bodies: that is how our migrations are written.
 *
 * @internal exported for its test
 */
export function splitStatements(script: string): string[] {
  const statements: string[] = []
  let lines: string[] = []
  let isInBody = false
  for (const line of script.split('\n')) {
    const code = line.replace(/--.*$/, '')
    if ((code.match(/\$\$/g)?.length ?? 0) % 2 === 1) isInBody = !isInBody
    if (lines.length > 0 || code.trim() !== '') lines.push(line)
    if (isInBody || !/;\s*$/.test(code)) continue
    statements.push(lines.join('\n'))
    lines = []
  }
  if (lines.some((line) => line.replace(/--.*$/, '').trim() !== '')) statements.push(lines.join('\n'))
  return statements
}
