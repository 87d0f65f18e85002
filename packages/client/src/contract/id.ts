/** Identifiers on the wire: a prefix that says what it names, and 32 hexadecimal digits of a UUID. */
import { z } from 'zod'

/** Prefix of each kind of object. */
export const idPrefixes = {
  user: 'usr',
  session: 'ses',
  token: 'tok',
  project: 'prj',
  event: 'evt',
  upload: 'upl',
  generation: 'gen',
  export: 'exp',
  order: 'ord',
  transfer: 'trf',
  ticket: 'tkt',
  message: 'msg',
  dataExport: 'dex',
} as const

/** What an identifier can name. */
export type IdKind = keyof typeof idPrefixes

/** An identifier, such as `prj_0198c2d7f0b17c7e9d3b0f4a6c1e2d3f`. */
export function idSchema(kind: IdKind): z.ZodString {
  const prefix = idPrefixes[kind]
  return z
    .string()
    .regex(
      new RegExp(`^${prefix}_[0-9a-f]{32}$`),
      `is not an identifier like ${prefix}_0198c2d7f0b17c7e9d3b0f4a6c1e2d3f`,
    )
    .meta({ description: `Identifier of a ${kind}.` })
}
