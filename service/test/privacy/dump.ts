/** Everything that a service keeps, as one text: the whole database as pg_dump writes it, all objects of storage, the log. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { findPostgres } from '../harness/cluster.ts'
import type { TestDatabase } from '../harness/database.ts'
import type { TestService } from '../harness/service.ts'

/** What was found. */
export interface Kept {
  /** Lines of the dump, each with the table it stands in. */
  readonly lines: readonly { readonly table: string; readonly line: string }[]
  readonly objects: readonly {
    readonly key: string
    readonly sha256: string
    readonly text: string
    readonly hex: string
  }[]
  readonly log: string
}

/** Reads all of it. */
export async function readAll(hero: TestService, database: TestDatabase): Promise<Kept> {
  const url = new URL(database.url)
  const dump = execFileSync(
    join(findPostgres() ?? '', 'pg_dump'),
    ['-h', url.searchParams.get('host') ?? '', '-U', url.username, '--data-only', '--no-owner', url.pathname.slice(1)],
    { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const lines: { table: string; line: string }[] = []
  let table = ''
  for (const line of dump.split('\n')) {
    table = /^COPY (\S+) /.exec(line)?.[1] ?? table
    lines.push({ table, line })
  }
  const objects: { key: string; sha256: string; text: string; hex: string }[] = []
  for await (const key of hero.service.storage.list('')) {
    const body = await hero.service.storage.get(key)
    const bytes = body === undefined ? Buffer.alloc(0) : await buffer(body)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    objects.push({ key, sha256, text: bytes.toString('latin1'), hex: bytes.toString('hex') })
  }
  return { lines, objects, log: hero.logLines.join('\n') }
}

/** All forms in which a text could stand in a dump. */
export function formsOf(needle: string): string[] {
  const bytes = Buffer.from(needle)
  const base64 = bytes.toString('base64').replace(/=+$/, '').slice(0, -1)
  return [needle, needle.replaceAll('-', ''), bytes.toString('hex'), base64].map((form) => form.toLowerCase())
}

/** Where any form of a text stands. */
export function find({ lines, objects, log }: Kept, needle: string): string[] {
  const forms = formsOf(needle)
  const isIn = (text: string): boolean => forms.some((form) => text.toLowerCase().includes(form))
  return [
    ...lines.filter(({ line }) => isIn(line)).map(({ table }) => table),
    ...objects
      .filter(({ key, sha256, text, hex }) => isIn(`${key} ${sha256} ${text} ${hex}`))
      .map(({ key }) => `object ${key}`),
    ...(isIn(log) ? ['log'] : []),
  ]
}
