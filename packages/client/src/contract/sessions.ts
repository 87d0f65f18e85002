/** Browsers in which a person is signed in. */
import { z } from 'zod'
import { idSchema } from './id.ts'
import { pageSchema } from './page.ts'
import { timeSchema } from './time.ts'

export const sessionSchema = z
  .object({
    id: idSchema('session'),
    is_current: z.boolean(),
    browser: z.string().nullable().meta({ description: 'Such as `Firefox on Linux`.' }),
    address_block: z.string().nullable().meta({ description: 'Block of the address at sign-in, never the address.' }),
    created_at: timeSchema,
    expires_at: timeSchema,
  })
  .meta({ id: 'Session' })

export type Session = z.infer<typeof sessionSchema>

export const sessionPageSchema = pageSchema(sessionSchema).meta({ id: 'SessionPage' })
