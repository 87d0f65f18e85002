/** Tickets: a person's matter, with its messages. Every message leaves as a mail in the transaction that writes it. */
import type { CreateMessage, CreateTicket, Message, Ticket, TicketWithMessages } from '@hero-image/client/contract'
import type { Db } from '../database/open.ts'
import type { TicketState } from '../database/tables/support.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { fromWireId, newId, toWireId } from '../keys/uuid.ts'
import { postMail } from '../mail/outbox.ts'
import type { Service } from '../service.ts'
import { toAnswerMail, toSupportMail } from './mails.ts'
import { findAttachments, insertMessage, readMessages } from './messages.ts'

/** Messages that a person may write in a day: each is a mail to people. */
const mostPerDay = 20

/** A ticket as it is read. */
export interface TicketRow {
  readonly id: string
  readonly user_id: string
  readonly subject: string
  readonly state: TicketState
  readonly created_at: Date
  readonly updated_at: Date
}

/**
 * Begins a ticket.
 *
 * @throws ProblemError for attachments that are not theirs, and beyond the limit of a day
 */
export async function createTicket(
  service: Service,
  trx: Db,
  userId: string,
  { subject, body, attachments = [] }: CreateTicket,
): Promise<TicketWithMessages> {
  const at = service.clock.now()
  await requireRoom(trx, userId, at)
  const ticket = { id: newId(), user_id: userId, subject, state: 'open', created_at: at, updated_at: at } as const
  await trx.insertInto('support_ticket').values(ticket).execute()
  const files = await findAttachments(trx, userId, attachments)
  const message = await insertMessage(trx, { ticketId: ticket.id, author: 'person', body, attachments: files, at })
  await mailToSupport(service, trx, ticket, message)
  return { ...toTicket(ticket), messages: [message] }
}

/**
 * Adds a person's message to their ticket.
 *
 * @throws ProblemError not-found; limit-reached
 */
export async function addMessage(
  service: Service,
  trx: Db,
  userId: string,
  wireId: string,
  { body, attachments = [] }: CreateMessage,
): Promise<Message> {
  const at = service.clock.now()
  const ticket = await findTicket(trx, userId, wireId)
  await requireRoom(trx, userId, at)
  const files = await findAttachments(trx, userId, attachments)
  const message = await insertMessage(trx, { ticketId: ticket.id, author: 'person', body, attachments: files, at })
  await touch(trx, ticket.id, 'open', at)
  await mailToSupport(service, trx, ticket, message)
  return message
}

/**
 * Adds an answer of ours, which goes to the person by mail.
 *
 * @throws Error when there is no such ticket
 */
export async function answerTicket(service: Service, trx: Db, wireId: string, body: string): Promise<Message> {
  const at = service.clock.now()
  const id = fromWireId('ticket', wireId)
  const ticket =
    id === undefined
      ? undefined
      : await trx
          .selectFrom('support_ticket')
          .innerJoin('user', 'user.id', 'support_ticket.user_id')
          .selectAll('support_ticket')
          .select(['user.email', 'user.name'])
          .where('support_ticket.id', '=', id)
          .executeTakeFirst()
  if (ticket === undefined) throw new Error(`There is no ticket ${wireId}.`)
  const message = await insertMessage(trx, { ticketId: ticket.id, author: 'staff', body, attachments: [], at })
  await touch(trx, ticket.id, 'answered', at)
  await postMail(service, trx, toAnswerMail(service.settings.HERO_SUPPORT_MAIL, ticket, message), ticket.user_id)
  return message
}

/** A person's ticket with its messages. @throws ProblemError not-found */
export async function readTicket(db: Db, userId: string, wireId: string): Promise<TicketWithMessages> {
  const ticket = await findTicket(db, userId, wireId)
  return { ...toTicket(ticket), messages: await readMessages(db, ticket.id) }
}

/** A ticket on the wire. */
export function toTicket({ id, subject, state, created_at, updated_at }: Omit<TicketRow, 'user_id'>): Ticket {
  return {
    id: toWireId('ticket', id),
    subject,
    state,
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  }
}

async function findTicket(db: Db, userId: string, wireId: string): Promise<TicketRow> {
  const id = fromWireId('ticket', wireId)
  if (id === undefined) throw notFound()
  const ticket = await db
    .selectFrom('support_ticket')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (ticket === undefined) throw notFound()
  return ticket
}

async function touch(trx: Db, id: string, state: TicketState, at: Date): Promise<void> {
  await trx.updateTable('support_ticket').set({ state, updated_at: at }).where('id', '=', id).execute()
}

async function mailToSupport(service: Service, trx: Db, ticket: TicketRow, message: Message): Promise<void> {
  const person = await trx
    .selectFrom('user')
    .select(['name', 'email', 'emailVerified'])
    .where('id', '=', ticket.user_id)
    .executeTakeFirstOrThrow()
  const mail = toSupportMail(service.settings.HERO_SUPPORT_MAIL, ticket, person, message)
  await postMail(service, trx, mail, ticket.user_id)
}

async function requireRoom(trx: Db, userId: string, at: Date): Promise<void> {
  // Two at once: the second waits here, and counts the first.
  await trx.selectFrom('user').select('id').where('id', '=', userId).forNoKeyUpdate().execute()
  const { written } = await trx
    .selectFrom('support_message')
    .innerJoin('support_ticket', 'support_ticket.id', 'ticket_id')
    .select(({ fn }) => fn.countAll<number>().as('written'))
    .where('user_id', '=', userId)
    .where('author', '=', 'person')
    .where('support_message.created_at', '>', new Date(at.getTime() - 86_400_000))
    .executeTakeFirstOrThrow()
  if (written < mostPerDay) return
  throw new ProblemError('limit-reached', { detail: `At most ${mostPerDay} messages can be written in a day.` })
}
