/** The person who asks. */
import { z } from 'zod'
import { idSchema } from './id.ts'
import { lineSchema } from './line.ts'
import { timeSchema } from './time.ts'

export const meSchema = z
  .object({
    id: idSchema('user'),
    name: z.string(),
    email: z.string(),
    email_verified: z.boolean(),
    avatar_url: z.string().nullable().meta({ description: 'Address of the picture, or null.' }),
    created_at: timeSchema,
    has_password: z.boolean(),
    sign_in_with: z.array(z.string()).meta({ description: 'Providers that sign this person in.' }),
  })
  .meta({ id: 'Me' })

export type Me = z.infer<typeof meSchema>

export const changeMeSchema = z.strictObject({ name: lineSchema(100).optional() }).meta({ id: 'ChangeMe' })

export const changeEmailSchema = z.strictObject({ email: z.email().max(254) }).meta({ id: 'ChangeEmail' })
