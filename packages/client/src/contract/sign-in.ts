/** Signing up, in and out, below `/api/auth`. These are for pages in a browser: sessions are cookies, and requests need our own origin. */
import { z } from 'zod'
import { lineSchema } from './line.ts'

/** Passwords: length is what counts. */
export const passwordSchema: z.ZodString = z.string().min(10).max(128)

const emailSchema = z.email().max(254)

/** Where to go afterwards: a path of the service, or a page of an origin that it trusts. */
const returnToSchema = z
  .string()
  .max(2000)
  .optional()
  .meta({ description: 'Where to go afterwards: a path, or an address of a trusted origin. Default: `/`.' })

/** Confirms to be old enough; false is refused, and nothing is kept. */
const ageConfirmedSchema = z
  .boolean()
  .meta({ description: 'Whether the person confirms to have the minimum age. Without it nothing is kept of them.' })

export const signUpSchema = z
  .strictObject({
    name: lineSchema(100),
    email: emailSchema,
    password: passwordSchema,
    age_confirmed: ageConfirmedSchema,
  })
  .meta({ id: 'SignUp' })

/** The same for every address of mail, whether there is an account or not. */
export const mailSentSchema = z
  .object({ status: z.literal('mail-sent') })
  .meta({ id: 'MailSent', description: 'If this concerns an account, a mail is on its way.' })

export const signInSchema = z
  .strictObject({
    email: emailSchema,
    password: z.string().min(1).max(128),
    remember: z.boolean().default(true).meta({ description: 'False ends the session with the browser.' }),
  })
  .meta({ id: 'SignIn' })

export const signedInSchema = z
  .object({
    status: z.enum(['signed-in', 'waits-for-erasure']).meta({
      description: '`waits-for-erasure`: all that this session can do is `POST /v1/me/restore`.',
    }),
  })
  .meta({ id: 'SignedIn' })

export const socialProviderNames = ['github', 'google'] as const

export const socialSignInSchema = z
  .strictObject({
    provider: z.enum(socialProviderNames),
    age_confirmed: ageConfirmedSchema.optional(),
    return_to: returnToSchema,
  })
  .meta({ id: 'SocialSignIn' })

export const redirectSchema = z
  .object({ url: z.url().meta({ description: 'Where the browser has to go.' }) })
  .meta({ id: 'Redirect' })

export const providersSchema = z
  .object({
    social: z.array(z.enum(socialProviderNames)),
    minimum_age: z.number().int(),
  })
  .meta({ id: 'SignInProviders' })

export const signOutSchema = z
  .strictObject({ everywhere: z.boolean().default(false).meta({ description: 'True ends all sessions.' }) })
  .meta({ id: 'SignOut' })

export const mailWishSchema = z.strictObject({ email: emailSchema }).meta({ id: 'MailWish' })

/** The token of a link in a mail. */
export const mailTokenSchema = z.strictObject({ token: z.string().min(1).max(2000) }).meta({ id: 'MailToken' })

export const verifiedSchema = z.object({ status: z.literal('verified') }).meta({ id: 'Verified' })

export const resetPasswordSchema = z
  .strictObject({ token: z.string().min(1).max(200), new_password: passwordSchema })
  .meta({ id: 'ResetPassword' })

export const changePasswordSchema = z
  .strictObject({ current_password: z.string().min(1).max(128), new_password: passwordSchema })
  .meta({ id: 'ChangePassword' })
