/** Seals mails while they wait in the database (AES-256-GCM): they hold links that sign people in. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { deriveKey } from '../keys/derive.ts'
import type { Mail } from './mail.ts'

const nonceBytes = 12
const tagBytes = 16

const sealedSchema = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  replyTo: z.string().optional(),
  attachments: z.array(z.object({ name: z.string(), mediaType: z.string(), content: z.base64() })).optional(),
})

/**
 * Seals a mail.
 *
 * @param id of its row: what is sealed for one row opens in no other
 */
export function sealMail(secret: string, id: string, mail: Mail): Buffer {
  const attachments = mail.attachments?.map((file) => ({
    ...file,
    content: Buffer.from(file.content).toString('base64'),
  }))
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', deriveKey(secret, 'outbox'), nonce).setAAD(Buffer.from(id))
  const text = JSON.stringify({ ...mail, attachments })
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/**
 * Opens a mail.
 *
 * @throws Error when it was sealed with another secret, for another row, or changed
 */
export function openMail(secret: string, id: string, sealed: Buffer): Mail {
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(secret, 'outbox'), sealed.subarray(0, nonceBytes))
  decipher.setAAD(Buffer.from(id)).setAuthTag(sealed.subarray(-tagBytes))
  const text = Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()])
  const { attachments, replyTo, ...mail } = sealedSchema.parse(JSON.parse(text.toString('utf8')))
  return {
    ...mail,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(attachments === undefined
      ? {}
      : {
          attachments: attachments.map((file) => ({ ...file, content: Buffer.from(file.content, 'base64') })),
        }),
  }
}
