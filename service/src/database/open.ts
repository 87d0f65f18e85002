/** Opens the database: PostgreSQL for real data, PGlite for trying. The rest of the service does not know which. */
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import type { ConstructorOptions } from 'pg-boss'
import { withPrepared } from './prepared.ts'
import type { Tables } from './tables.ts'

/** Reads and writes rows. */
export type Db = Kysely<Tables>

/** An open database. */
export interface Database {
  readonly kind: 'postgres' | 'pglite'
  readonly db: Db
  /** How the queue reaches the same database: it speaks SQL by itself, and listens. */
  readonly boss: ConstructorOptions
  close(): Promise<void>
}

/** Whole numbers of 64 bits come as text; ours fit into a number, and one that does not must not be rounded in silence. */
function toNumber(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} does not fit into a number.`)
  return number
}

const int8 = 20
/** Bytes are buffers in both databases: the embedded one would give plain arrays, which print otherwise. */
const bytea = 17
const toBuffer = (text: string): Buffer => Buffer.from(text.slice('\\x'.length), 'hex')
/** A day stays the text it is: a Date would have an hour and a time zone. */
const date = 1082

/**
 * Connects to PostgreSQL.
 *
 * @param url such as `postgres://user:password@host/name`
 * @param pool most connections at once
 */
export async function openPostgres(url: string, pool: number): Promise<Database> {
  const { default: pg } = await import('pg')
  const connections = new pg.Pool({
    connectionString: url,
    max: pool,
    application_name: 'hero-image-service',
    types: {
      getTypeParser: (oid, format) =>
        oid === int8 ? toNumber : oid === date ? String : pg.types.getTypeParser(oid, format),
    },
  })
  // A connection that breaks while idle is replaced; without a listener it would end the process.
  connections.on('error', () => undefined)
  // One that breaks between two statements of a transaction tells that to itself alone; the next statement fails, which is enough.
  connections.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: withPrepared(connections) }) })
  return { kind: 'postgres', db, boss: { connectionString: url, max: 4 }, close: () => db.destroy() }
}

/**
 * Opens an embedded database.
 *
 * @param folder where it lies; absent: in memory
 * @param snapshot an embedded database to begin with, as PGlite dumps it
 */
export async function openPglite(folder?: string, snapshot?: Blob): Promise<Database> {
  const [{ PGlite }, { fromPglite }] = await Promise.all([import('@electric-sql/pglite'), import('pg-boss')])
  const pglite = await PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    ...(snapshot === undefined ? {} : { loadDataDir: snapshot }),
    parsers: { [int8]: toNumber, [bytea]: toBuffer, [date]: String },
  })
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
  return { kind: 'pglite', db, boss: { db: fromPglite(pglite), backend: 'pglite' }, close: () => db.destroy() }
}
