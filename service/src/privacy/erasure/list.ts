/**
 * The list of erasures in storage, one object each under `erasures/`. A backup that is restored brings people back who were erased after it was made; the list, which
 * lies elsewhere, knows. It holds pseudonyms only. Rows of the table `erasure` are written first, in the transaction of what they tell; the list follows.
 */
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import type { Service } from '../../service.ts'

const folder = 'erasures/'

const listedSchema = z.object({
  subject: z.string().regex(/^[0-9a-f]{64}$/),
  state: z.enum(['due', 'done']),
  requested_at: z.coerce.date(),
  due_at: z.coerce.date(),
  erased_at: z.coerce.date().nullable(),
  counts: z.record(z.string(), z.number()),
})

/** An erasure as the list has it. */
export type ListedErasure = z.output<typeof listedSchema>

type ListParts = Pick<Service, 'db' | 'storage'>

/** Makes the list say what the table says. Repeating it does no harm. */
export async function writeErasureList({ db, storage }: ListParts): Promise<number> {
  const rows = await db.selectFrom('erasure').selectAll().where('is_listed', '=', false).execute()
  for (const { is_listed: _, ...row } of rows) {
    const subject = row.subject.toString('hex')
    const key = `${folder}${subject}`
    if (row.state === 'withdrawn') {
      await storage.remove(key)
      await db.deleteFrom('erasure').where('subject', '=', row.subject).where('state', '=', 'withdrawn').execute()
      continue
    }
    const body = Buffer.from(`${JSON.stringify({ ...row, subject })}\n`)
    await storage.put(key, body, { bytes: body.length, mediaType: 'application/json' })
    // One that has changed meanwhile is written again by the next run.
    await db
      .updateTable('erasure')
      .set({ is_listed: true })
      .where('subject', '=', row.subject)
      .where('state', '=', row.state)
      .where('due_at', '=', row.due_at)
      .execute()
  }
  return rows.length
}

/** An erasure as a line of text. */
export function toErasureLine(entry: ListedErasure): string {
  return `${JSON.stringify(entry)}\n`
}

/** @throws Error for lines that are none */
export function parseErasureLine(line: string): ListedErasure {
  return listedSchema.parse(JSON.parse(line))
}

/** Reads the list. */
export async function readErasureList({ storage }: Pick<Service, 'storage'>): Promise<ListedErasure[]> {
  const listed: ListedErasure[] = []
  for await (const key of storage.list(folder)) {
    const body = await storage.get(key)
    if (body !== undefined) listed.push(parseErasureLine(await text(body)))
  }
  return listed
}
