/** The mails of support. The reference in the subject keeps a conversation together, in mailboxes and for whoever looks a ticket up. */
import type { Message } from '@hero-image/client/contract'
import { toWireId } from '../keys/uuid.ts'
import type { Mail } from '../mail/mail.ts'
import { toPlainLine } from './plain.ts'

interface Ticket {
  readonly id: string
  readonly subject: string
}

/** A person's message, for us. A reply in the mailbox reaches the person; the command keeps it with the ticket, too. */
export function toSupportMail(
  supportMail: string,
  ticket: Ticket,
  person: { readonly name: string; readonly email: string; readonly emailVerified: boolean },
  message: Message,
): Mail {
  const reference = toWireId('ticket', ticket.id)
  const attachments = message.attachments.map(
    ({ name, media_type, bytes }) => `- ${name ?? 'unnamed'} (${media_type}, ${bytes} bytes)`,
  )
  const lines = [
    message.body,
    '',
    '-- ',
    `From: ${toPlainLine(person.name)} <${person.email}>${person.emailVerified ? '' : ', an address that is not verified'}`,
    `Ticket: ${reference}`,
    ...(attachments.length === 0
      ? []
      : ['Attachments:', ...attachments, `Fetch them: npm run support -- attachments ${reference} <folder>`]),
    `Answer: npm run support -- answer ${reference} < answer.txt`,
  ]
  return { to: supportMail, replyTo: person.email, subject: toSubject(ticket), text: lines.join('\n') }
}

/** Our answer, for the person. */
export function toAnswerMail(
  supportMail: string,
  ticket: Ticket & { readonly email: string; readonly name: string },
  message: Message,
): Mail {
  const text = [`Hello ${ticket.name},`, '', message.body, '', '-- ', `Hero Image, ${toWireId('ticket', ticket.id)}`]
  return { to: ticket.email, replyTo: supportMail, subject: `Re: ${toSubject(ticket)}`, text: text.join('\n') }
}

function toSubject({ id, subject }: Ticket): string {
  return `${subject} [${toWireId('ticket', id)}]`
}
