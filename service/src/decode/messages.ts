/** What the service and its decoders say to each other. */
import { z } from 'zod'

/** Fixed for the life of a decoder. */
export interface DecoderLimits {
  /** Most pixels of a picture. */
  readonly pixels: number
}

/** Asks for an operation; as many files follow, with these lengths. */
export const requestSchema = z.strictObject({
  operation: z.string(),
  params: z.unknown(),
  sizes: z.array(z.number().int().min(0)).max(8),
})

export type DecoderRequest = z.infer<typeof requestSchema>

/** Why a picture is refused; words of libraries do not leave the child. */
export const refusals = {
  undecodable: 'The file is damaged, or no picture.',
  'unsupported-format': 'Pictures are taken as JPEG, PNG, WebP or AVIF.',
  'too-many-pixels': 'The picture has too many pixels.',
  'different-size': 'The pictures do not have the sizes that they should have.',
} as const

/** Name of a reason. */
export type Refusal = keyof typeof refusals

const refusalNames = ['undecodable', 'unsupported-format', 'too-many-pixels', 'different-size'] as const

/** `ready` comes once, after the start; the others answer one request each, `done` followed by a file of that length. */
export const replySchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('ready') }),
  z.strictObject({ outcome: z.literal('done'), facts: z.unknown(), size: z.number().int().min(0) }),
  z.strictObject({ outcome: z.literal('refused'), reason: z.enum(refusalNames) }),
])

export type DecoderReply = z.infer<typeof replySchema>
