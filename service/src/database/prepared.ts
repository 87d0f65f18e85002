/**
 * Statements that connections keep prepared. For those of the busiest requests, reading and planning a statement costs the database more than doing it; prepared, that
 * happens a few times per connection instead of once per request.
 */
import type { CompiledQuery, PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import type { Db } from './open.ts'

const commands = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COMMIT', 'ROLLBACK'] as const

/** Each takes memory in every connection. A text that is different each time would fill it: it belongs among those that are not prepared. */
const mostStatements = 64

const names = new Map<string, string>()

/**
 * Runs a statement and keeps it prepared. Its text must always be the same, and it must name the columns of its result: once a migration has changed what `*` means, a
 * connection that has prepared it before could not run it any more. The plan is soon one for all values, so states by which partial indexes are chosen stand in
 * the text.
 */
export async function runPrepared<Row>(db: Db, query: CompiledQuery<Row>): Promise<readonly Row[]> {
  if (!names.has(query.sql) && names.size < mostStatements) names.set(query.sql, `hero_${names.size}`)
  return (await db.executeQuery(query)).rows
}

/** A pool whose connections prepare what is to be prepared. */
export function withPrepared(pool: Pool): PostgresPool {
  const clients = new WeakMap<PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect()
      // One for each connection: Kysely knows it again.
      const known = clients.get(client) ?? toClient(client)
      clients.set(client, known)
      return known
    },
    end: () => pool.end(),
  }
}

function toClient(client: PoolClient): PostgresPoolClient {
  function query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>
  function query<Row>(
    text: string | PostgresCursor<Row>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
    if (typeof text !== 'string') throw new Error('Nothing is read with cursors here.')
    return run<Row>(client, text, values)
  }
  return { query, release: (destroy) => client.release(destroy) }
}

async function run<Row>(
  client: PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<PostgresQueryResult<Row>> {
  const name = names.get(text)
  const all = [...values]
  const { command, rowCount, rows } = await client.query(
    name === undefined ? { text, values: all } : { name, text, values: all },
  )
  return { command: commands.find((known) => known === command) ?? 'SELECT', rowCount: rowCount ?? 0, rows }
}
