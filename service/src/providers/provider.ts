/** What a provider of pictures is: what it can do, at what price, and how it is asked. */
import type { GenerationOperation } from '@hero-image/client/contract'
import type { Size } from '@hero-image/core/crop'
import type { Price } from './price.ts'
import type { SizeRule } from './sizes.ts'

/** One operation of a provider. This table is what quotes, reservations and the adapters themselves go by. */
export interface Capability {
  readonly operation: GenerationOperation
  readonly model: string
  /** How a mask shows what is changed; `none`: the provider takes no mask, so requests with one are refused before anything is spent. */
  readonly mask: 'none' | 'white' | 'transparent'
  readonly prompt: 'none' | 'optional' | 'required'
  /** What it is given of the photo: the canvas with the photo in it, or the photo alone with the margins in numbers. */
  readonly gives: 'canvas' | 'photo'
  readonly sizes: SizeRule
  readonly price: Price
  /** What a picture costs us, in millionths of a dollar, counted like the price. */
  readonly costMicros: number
  /** Some ask for money even for what they then withhold. It is never the user's money. */
  readonly billedOnRefusal: boolean
}

/** What is to be drawn, in the provider's own size. */
export interface Drawing {
  readonly operation: GenerationOperation
  readonly model: string
  readonly prompt: string
  readonly size: Size
  /** PNG of the drawn size, or of the photo alone. */
  readonly picture?: Uint8Array
  /** PNG of the drawn size, in the form that the capability names. */
  readonly mask?: Uint8Array
  /** Margins around the photo, px of the drawn size. */
  readonly margins?: Margins
}

/** Pixels per side. */
export interface Margins {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Draws in one call, which is paid whether or not anybody hears the answer. */
export interface SynchronousDrawing {
  readonly kind: 'synchronous'
  /**
   * Asks once, and never again by itself.
   *
   * @throws ProviderFault
   */
  draw(drawing: Drawing, signal: AbortSignal): Promise<Uint8Array>
}

/** How a request is found again: kept in the database before anybody waits for it. */
export interface Ticket {
  readonly requestId: string
  readonly addresses: Readonly<Record<string, string>>
}

/** Takes a request, and is asked how far it is. */
export interface AsynchronousDrawing {
  readonly kind: 'asynchronous'
  /** Asks once. @throws ProviderFault */
  submit(drawing: Drawing, signal: AbortSignal): Promise<Ticket>
  /** The address of the picture once it is drawn, else undefined. @throws ProviderFault */
  look(ticket: Ticket, signal: AbortSignal): Promise<string | undefined>
  /** The picture at such an address. @throws ProviderFault */
  fetch(address: string, signal: AbortSignal): Promise<Uint8Array>
  /** Asks to stop. Absent where there is no way. */
  cancel?(ticket: Ticket, signal: AbortSignal): Promise<void>
}

/** Draws here, from the photo alone. */
export interface LocalDrawing {
  readonly kind: 'local'
}

/** A provider of pictures. */
export interface Provider {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly usesAi: boolean
  readonly operations: readonly Capability[]
  readonly drawing: SynchronousDrawing | AsynchronousDrawing | LocalDrawing
}

/** What a provider can do of an operation. */
export function capabilityOf(provider: Provider, operation: GenerationOperation): Capability | undefined {
  return provider.operations.find((capability) => capability.operation === operation)
}
