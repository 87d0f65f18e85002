/**
 * What can be done with pictures that nobody trusts: the names, what goes in and what comes out. The work itself is done in a child process (operation-work.ts);
 * this table is all that the service needs of it, so it never loads a decoder. A new operation is an entry here, one file, and one line there.
 */
import { z } from 'zod'
import { type GenerationOperations, generationRules } from '../generations/pictures/operations.ts'

/** Media types of pictures that are taken. */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const

/** Media type of a picture. */
export type PictureType = (typeof pictureTypes)[number]

/** What is known of a picture that decodes; width and height as people see it, after its orientation. */
export interface PictureFacts {
  readonly mediaType: PictureType
  readonly width: number
  readonly height: number
  readonly hasAlpha: boolean
}

/** How to draw a picture anew: what is served is always our own file, with nothing of the old one but its pixels. */
export interface Reencoding {
  readonly format: 'jpeg' | 'png' | 'webp' | 'avif'
  /** `cover` fills width and height, `inside` keeps the whole picture and never makes it larger. */
  readonly fit: 'cover' | 'inside'
  readonly width: number
  readonly height: number
  readonly quality?: number | undefined
}

/** Params and facts of each operation; bytes go in and come out beside them. */
export interface Operations extends GenerationOperations {
  /** Decodes all of it and tells the facts. No bytes come out. */
  inspect: { readonly params: Record<string, never>; readonly facts: PictureFacts }
  /** Draws it anew; the facts are those of the new file. */
  reencode: { readonly params: Reencoding; readonly facts: PictureFacts }
}

/** Name of an operation. */
export type OperationName = keyof Operations

/** Both sides check what the other says: the child has touched bytes of strangers. */
export interface OperationRules<Params, Facts> {
  readonly params: z.ZodType<Params>
  readonly facts: z.ZodType<Facts>
  /** Files that go in. */
  readonly inputs: number
  /** Longest time, from the first byte in to the last byte out. */
  readonly seconds: number
}

const size = z.number().int().min(1).max(32_768)

/** Facts of a picture, as a child tells them. */
export const pictureFactsSchema = z.strictObject({
  mediaType: z.enum(pictureTypes),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  hasAlpha: z.boolean(),
})

/** The rules of each operation. */
export const operationRules: {
  readonly [Name in OperationName]: OperationRules<Operations[Name]['params'], Operations[Name]['facts']>
} = {
  ...generationRules,
  inspect: { params: z.strictObject({}), facts: pictureFactsSchema, inputs: 1, seconds: 20 },
  reencode: {
    params: z.strictObject({
      format: z.enum(['jpeg', 'png', 'webp', 'avif']),
      fit: z.enum(['cover', 'inside']),
      width: size,
      height: size,
      quality: z.number().int().min(1).max(100).optional(),
    }),
    facts: pictureFactsSchema,
    inputs: 1,
    seconds: 30,
  },
}

/** True for the name of an operation. */
export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operationRules, name)
}
