/** A checkout of the fake provider says by itself what it is for: the fake has no database, and its open checkouts outlive a restart. */
import { z } from 'zod'

const prefix = 'fake_'

const factsSchema = z.tuple([z.string().regex(/^ord_[0-9a-f]{32}$/), z.int().min(1), z.string().regex(/^[A-Z]{3}$/)])

/** What a checkout is for. */
export interface FakeCheckout {
  readonly orderId: string
  readonly amountMinor: number
  readonly currency: string
}

/** The reference of a checkout. */
export function toFakeRef({ orderId, amountMinor, currency }: FakeCheckout): string {
  return prefix + Buffer.from(JSON.stringify([orderId, amountMinor, currency])).toString('base64url')
}

/** What a reference stands for, or undefined for what is none. */
export function fromFakeRef(ref: string): FakeCheckout | undefined {
  if (!ref.startsWith(prefix)) return undefined
  const parsed = factsSchema.safeParse(parse(Buffer.from(ref.slice(prefix.length), 'base64url').toString('utf8')))
  if (!parsed.success) return undefined
  const [orderId, amountMinor, currency] = parsed.data
  return { orderId, amountMinor, currency }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
