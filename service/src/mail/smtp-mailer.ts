/** Mails over SMTP. */
import { createTransport } from 'nodemailer'
import { z } from 'zod'
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
      const sent = transport.sendMail({
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
      await sent.catch((error: unknown) => {
        throw toSilentError(error)
      })
    },
  }
}

/** What servers say names people and passwords, and would be written into logs and kept with the job: codes are enough. No cause, since that would be written, too. */
function toSilentError(error: unknown): Error {
  const { data } = z
    .object({ code: z.string().optional(), responseCode: z.number().optional() })
    .safeParse({ ...(error instanceof Error ? error : {}) })
  const codes = [data?.code, data?.responseCode].filter((code) => code !== undefined)
  return new Error(`The mail server did not take a mail (${codes.join(' ') || 'no code'}).`)
}
