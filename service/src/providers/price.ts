/** What a picture costs, in credits for people and in millionths of a dollar for us. Quote, reservation and end all count with these. Pure. */
import type { Size } from '@hero-image/core/crop'
import type { Capability } from './provider.ts'

/** Credits per picture, or per megapixel drawn. */
export interface Price {
  readonly credits: number
  readonly per: 'picture' | 'megapixel'
}

/** Credits for a picture that is drawn in a size. */
export function creditsFor({ price }: Pick<Capability, 'price'>, drawn: Size): number {
  return price.credits * unitsOf(price, drawn)
}

/** What it costs us. */
export function costMicrosFor({ price, costMicros }: Pick<Capability, 'price' | 'costMicros'>, drawn: Size): number {
  return costMicros * unitsOf(price, drawn)
}

function unitsOf({ per }: Price, { width, height }: Size): number {
  return per === 'picture' ? 1 : Math.max(1, Math.ceil((width * height) / 1_000_000))
}
