/** Tokens of programs: API keys, and those that the command line gets by device sign-in. */
import { z } from 'zod'
import { idSchema } from './id.ts'
import { lineSchema } from './line.ts'
import { pageSchema } from './page.ts'
import { scopeSchema } from './scope.ts'
import { timeSchema } from './time.ts'

export const tokenSchema = z
  .object({
    id: idSchema('token'),
    kind: z.enum(['api_key', 'cli']),
    name: z.string(),
    prefix: z.string().meta({ description: 'First characters, by which the token is known again.' }),
    scopes: z.array(scopeSchema),
    created_at: timeSchema,
    expires_at: timeSchema.nullable(),
    last_used_on: z.iso.date().nullable(),
  })
  .meta({ id: 'Token' })

export type Token = z.infer<typeof tokenSchema>

export const tokenPageSchema = pageSchema(tokenSchema).meta({ id: 'TokenPage' })

export const createTokenSchema = z
  .strictObject({
    name: lineSchema(100),
    scopes: z.array(scopeSchema).min(1).max(20),
    expires_in_days: z.number().int().min(1).max(366).optional().meta({ description: 'Default: it does not expire.' }),
  })
  .meta({ id: 'CreateToken' })

export const createdTokenSchema = tokenSchema
  .extend({
    token: z.string().nullable().meta({
      description: 'The token itself, shown in the first answer and never again: null when the request is repeated.',
    }),
  })
  .meta({ id: 'CreatedToken' })
