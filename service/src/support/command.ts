/** Support for operators, on the command line: what waits, one ticket, its attachments, an answer. */
import { mkdir, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fromWireId, toWireId } from '../keys/uuid.ts'
import type { Service } from '../service.ts'
import { readMessages } from './messages.ts'
import { toPlainLine, toPlainText } from './plain.ts'
import { answerTicket } from './tickets.ts'

/** How it is used. */
export const supportUsage = `support                              tickets that wait for an answer
support show <ticket>                one ticket
support attachments <ticket> <dir>   writes its attachments into a folder
support answer <ticket> < text       answers: mails it to the person and keeps it with the ticket
`

/**
 * Does what the words say.
 *
 * @param readInput reads the standard input
 * @returns what is to be shown, or undefined when the words make no sense
 */
export async function runSupport(
  service: Service,
  words: readonly string[],
  readInput: () => Promise<string>,
): Promise<string | undefined> {
  const [verb = 'list', ticket, folder] = words
  if (verb === 'list') return listOpen(service)
  if (ticket === undefined) return undefined
  if (verb === 'show') return show(service, ticket)
  if (verb === 'attachments' && folder !== undefined) return saveAttachments(service, ticket, folder)
  if (verb !== 'answer') return undefined
  const body = (await readInput()).trim()
  if (body === '') throw new Error('The answer is empty: it is read from the standard input.')
  await service.db.transaction().execute((trx) => answerTicket(service, trx, ticket, body))
  return `Answered ${ticket}.\n`
}

async function listOpen({ db }: Service): Promise<string> {
  const tickets = await db
    .selectFrom('support_ticket')
    .select(['id', 'subject', 'updated_at'])
    .where('state', '=', 'open')
    .orderBy('updated_at')
    .execute()
  if (tickets.length === 0) return 'Nobody waits for an answer.\n'
  return tickets
    .map(
      ({ id, subject, updated_at }) =>
        `${toWireId('ticket', id)}  ${updated_at.toISOString()}  ${toPlainLine(subject)}\n`,
    )
    .join('')
}

async function show({ db }: Service, wireId: string): Promise<string> {
  const ticket = await db
    .selectFrom('support_ticket')
    .innerJoin('user', 'user.id', 'support_ticket.user_id')
    .select(['support_ticket.id', 'subject', 'state', 'user.name', 'user.email'])
    .where('support_ticket.id', '=', toTicketId(wireId))
    .executeTakeFirst()
  if (ticket === undefined) throw new Error(`There is no ticket ${wireId}.`)
  const messages = await readMessages(db, ticket.id)
  const blocks = messages.map(({ author, created_at, body, attachments }) =>
    [
      `${created_at}  ${author}`,
      toPlainText(body),
      ...attachments.map(({ name, bytes }) => `[${toPlainLine(name ?? 'unnamed')}, ${bytes} bytes]`),
    ].join('\n'),
  )
  const head = `${toPlainLine(ticket.subject)} (${ticket.state})\n${toPlainLine(ticket.name)} <${ticket.email}>`
  return `${[head, ...blocks].join('\n\n')}\n`
}

async function saveAttachments({ db, storage }: Service, wireId: string, folder: string): Promise<string> {
  const files = await db
    .selectFrom('support_attachment')
    .innerJoin('support_message', 'support_message.id', 'support_attachment.message_id')
    .innerJoin('file', 'file.id', 'support_attachment.file_id')
    .select(['file.id', 'file.name', 'file.storage_key'])
    .where('ticket_id', '=', toTicketId(wireId))
    .where('file.deleted_at', 'is', null)
    .orderBy('file.id')
    .execute()
  await mkdir(folder, { recursive: true })
  const written: string[] = []
  for (const { id, name, storage_key } of files) {
    const body = await storage.get(storage_key)
    if (body === undefined) continue
    // A name that somebody else chose does not become a path; of its ending, letters are taken.
    const ending = /^\.[a-z0-9]{1,5}$/.exec(extname(name ?? '').toLowerCase())?.[0] ?? ''
    const path = join(folder, `${toWireId('upload', id)}${ending}`)
    await writeFile(path, body, { flag: 'wx', mode: 0o600 })
    written.push(`${path}\n`)
  }
  return written.length === 0 ? 'It has no attachments.\n' : written.join('')
}

function toTicketId(wireId: string): string {
  const id = fromWireId('ticket', wireId)
  if (id === undefined) throw new Error(`${wireId} is not the identifier of a ticket.`)
  return id
}
