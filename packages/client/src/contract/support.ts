/** Messages to support; answers come by e-mail, and stand here, too. */
import { z } from 'zod'
import { idSchema } from './id.ts'
import { lineSchema } from './line.ts'
import { pageSchema } from './page.ts'
import { timeSchema } from './time.ts'

const bodySchema = z.string().trim().min(1).max(10_000)

const attachmentsSchema = z
  .array(idSchema('upload'))
  .max(5)
  .default([])
  .meta({ description: 'Uploads of the kind `attachment`.' })

export const createTicketSchema = z
  .strictObject({
    subject: lineSchema(200),
    body: bodySchema,
    attachments: attachmentsSchema,
  })
  .meta({ id: 'CreateTicket' })

export type CreateTicket = z.input<typeof createTicketSchema>

export const createMessageSchema = z
  .strictObject({ body: bodySchema, attachments: attachmentsSchema })
  .meta({ id: 'CreateMessage' })

export type CreateMessage = z.input<typeof createMessageSchema>

export const attachmentSchema = z
  .object({
    id: idSchema('upload'),
    name: z.string().nullable(),
    media_type: z.string(),
    bytes: z.number().int(),
  })
  .meta({ id: 'Attachment' })

export type Attachment = z.infer<typeof attachmentSchema>

export const messageSchema = z
  .object({
    id: idSchema('message'),
    author: z.enum(['person', 'staff']),
    body: z.string(),
    attachments: z.array(attachmentSchema),
    created_at: timeSchema,
  })
  .meta({ id: 'Message' })

export type Message = z.infer<typeof messageSchema>

export const ticketSchema = z
  .object({
    id: idSchema('ticket'),
    subject: z.string(),
    state: z.enum(['open', 'answered']).meta({ description: '`open`: you wait for us.' }),
    created_at: timeSchema,
    updated_at: timeSchema.meta({ description: 'Of the last message.' }),
  })
  .meta({ id: 'Ticket' })

export type Ticket = z.infer<typeof ticketSchema>

export const ticketPageSchema = pageSchema(ticketSchema).meta({ id: 'TicketPage' })

export type TicketPage = z.infer<typeof ticketPageSchema>

export const ticketWithMessagesSchema = ticketSchema
  .extend({ messages: z.array(messageSchema).meta({ description: 'Oldest first.' }) })
  .meta({ id: 'TicketWithMessages' })

export type TicketWithMessages = z.infer<typeof ticketWithMessagesSchema>
