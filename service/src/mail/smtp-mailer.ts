/** Mails over SMTP. */
import { createTransport } from 'nodemailer'
import type { Mailer } from './mail.ts'

/** A server that says nothing for so long is away; the job tries again. */
const timeoutMs = 20_000

/**
 * Sends mails through a server.
 *
 * @param url such as `smtps://user:password@mail.example.org`
 * @param from sender of all mails
 */
export function createSmtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Contents are ours alone: no mail may name a file of this machine or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const host = /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'
  return {
    async send({ to, subject, text, replyTo, attachments = [] }, id) {
      await transport.sendMail({
        from,
        // An object is one address, whatever stands in it: no comma makes two of it.
        to: { name: '', address: to },
        subject,
        text,
        messageId: `<${id}@${host}>`,
        ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
        attachments: attachments.map(({ name, mediaType, content }) => ({
          filename: name,
          contentType: mediaType,
          content: Buffer.from(content),
        })),
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
  }
}
