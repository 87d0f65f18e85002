/** Messages of tickets as rows and on the wire. */
import type { Message } from '@hero-image/client/contract'
import type { Db } from '../database/open.ts'
import { invalidField } from '../http/problem.ts'
import { fromWireId, newId, toWireId } from '../keys/uuid.ts'

/** A message before it is written down. */
export interface NewMessage {
  readonly ticketId: string
  readonly author: 'person' | 'staff'
  readonly body: string
  /** Identifiers of files. */
  readonly attachments: readonly string[]
  readonly at: Date
}

/** Writes a message down. */
export async function insertMessage(trx: Db, { attachments, at, ...message }: NewMessage): Promise<Message> {
  const id = newId()
  await trx
    .insertInto('support_message')
    .values({
      id,
      ticket_id: message.ticketId,
      author: message.author,
      body: message.body,
      created_at: at,
    })
    .execute()
  if (attachments.length > 0) {
    await trx
      .insertInto('support_attachment')
      .values(attachments.map((file_id) => ({ message_id: id, file_id })))
      .execute()
  }
  const [written] = await readMessages(trx, message.ticketId, id)
  if (written === undefined) throw new Error('A message that was just written is not there.')
  return written
}

/** Messages of a ticket, oldest first, or one of them. */
export async function readMessages(db: Db, ticketId: string, messageId?: string): Promise<Message[]> {
  let query = db.selectFrom('support_message').selectAll().where('ticket_id', '=', ticketId)
  if (messageId !== undefined) query = query.where('id', '=', messageId)
  const messages = await query.orderBy('id').execute()
  const attachments = await db
    .selectFrom('support_attachment')
    .innerJoin('support_message', 'support_message.id', 'support_attachment.message_id')
    .innerJoin('file', 'file.id', 'support_attachment.file_id')
    .select(['message_id', 'file.id', 'file.name', 'file.media_type', 'file.bytes'])
    .where('ticket_id', '=', ticketId)
    .where('file.deleted_at', 'is', null)
    .orderBy('file.id')
    .execute()
  return messages.map(({ id, author, body, created_at }) => ({
    id: toWireId('message', id),
    author,
    body,
    attachments: attachments
      .filter(({ message_id }) => message_id === id)
      .map((file) => ({
        id: toWireId('upload', file.id),
        name: file.name,
        media_type: file.media_type,
        bytes: file.bytes,
      })),
    created_at: created_at.toISOString(),
  }))
}

/**
 * Finds a person's uploads that are to be attached.
 *
 * @returns identifiers of files, each once
 * @throws ProblemError naming the one that is none of theirs, or is no attachment
 */
export async function findAttachments(trx: Db, userId: string, wireIds: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const [index, wireId] of wireIds.entries()) {
    const id = fromWireId('upload', wireId)
    const file =
      id &&
      (await trx
        .selectFrom('file')
        .select('id')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .where('kind', '=', 'attachment')
        .where('deleted_at', 'is', null)
        .executeTakeFirst())
    if (!file) throw invalidField(`/attachments/${index}`, 'is not an upload of yours of the kind `attachment`.')
    found.push(file.id)
  }
  return [...new Set(found)]
}
