/** Events of the fake provider, signed as real ones are: time and HMAC over the body as it is sent. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { ProblemError } from '../http/problem.ts'
import { type PaymentEvent, signatureTolerance } from './payments.ts'

/** A message as it is sent to a webhook. */
export interface SignedMessage {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

const header = 'fake-signature'

const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  subject: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('checkout'), ref: z.string(), orderId: z.string().nullable() }),
      z.object({ kind: z.literal('payment'), ref: z.string() }),
    ])
    .nullable(),
})

/** Writes and signs a message. */
export function signEvent(key: Buffer, event: PaymentEvent, now: Date): SignedMessage {
  return signBody(key, JSON.stringify(event), now)
}

/** Signs a message as it is. */
export function signBody(key: Buffer, body: string, now: Date): SignedMessage {
  const seconds = String(Math.floor(now.getTime() / 1000))
  const signature = sign(key, seconds, Buffer.from(body)).toString('hex')
  return { body, headers: { 'content-type': 'application/json', [header]: `t=${seconds},v1=${signature}` } }
}

/**
 * Reads a message.
 *
 * @throws ProblemError invalid-signature, invalid-json
 */
export function openEvent(key: Buffer, body: Uint8Array, headers: Headers, now: Date): PaymentEvent {
  const [, seconds = '', hex = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(headers.get(header) ?? '') ?? []
  const isRight = timingSafeEqual(digest(Buffer.from(hex, 'hex')), digest(sign(key, seconds, body)))
  if (!isRight || now.getTime() / 1000 - Number(seconds) > signatureTolerance)
    throw new ProblemError('invalid-signature')
  try {
    return eventSchema.parse(JSON.parse(Buffer.from(body).toString('utf8')))
  } catch {
    throw new ProblemError('invalid-json')
  }
}

function sign(key: Buffer, seconds: string, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`${seconds}.`).update(body).digest()
}

/** Of one length, whatever came. */
function digest(bytes: Buffer): Buffer {
  return createHmac('sha256', 'length').update(bytes).digest()
}
