/** What happens around rows of better-auth: what it would keep of people that we do not want to keep, and what has to be written down. */
import { toLine } from '@hero-image/client/contract'
import { APIError } from 'better-auth/api'
import { recordAudit } from '../accounts/audit.ts'
import { giveWelcomeCredits } from '../accounts/welcome-credits.ts'
import { toBlock, unknownAddress } from '../http/address.ts'
import { type AuthParts, addressHeader } from './auth-parts.ts'

/** The request in which better-auth does something; there is none when we call it ourselves. */
type Context = {
  readonly headers?: Headers | undefined
  readonly request?: Request | undefined
  readonly path?: string
} | null

/** A person signs up at a provider by coming back from there. */
const callbackPath = '/callback/:id'

/** Hooks on rows. Those named `after` run when the transaction is over; the others must not touch the database. */
export function createHooks(parts: AuthParts) {
  const { db, clock } = parts
  return {
    user: {
      create: {
        before: async (user: { name: string; email: string; emailVerified: boolean }, context: Context) => {
          // An address that the provider has not verified could be anybody's: whoever owns it would find a stranger in the account.
          if (context?.path === callbackPath && !user.emailVerified) {
            throw new APIError('FORBIDDEN', { code: 'email_not_verified' })
          }
          const name = toLine(user.name).slice(0, 100)
          return {
            data: {
              name: name === '' ? user.email.replace(/@.*/, '').slice(0, 100) : name,
              // Pictures of providers would be loaded from there, by everybody who sees them.
              image: null,
              // Both ways to sign up ask for it, and come here only with a yes.
              ageConfirmedAt: clock.now(),
            },
          }
        },
        after: async (user: { id: string; emailVerified: boolean }, context: Context) => {
          await recordAudit(db, { userId: user.id, action: 'signed-up', address: addressOf(context), at: clock.now() })
        },
      },
    },
    account: {
      create: {
        // We ask providers who somebody is, once, and never act for them: nothing of theirs is kept that could.
        before: async () => ({ data: withoutTokens }),
        after: async ({ userId, providerId }: { userId: string; providerId: string }, context: Context) => {
          if (providerId === 'credential') return
          const event = { userId, action: 'identity-linked', target: providerId } as const
          await recordAudit(db, { ...event, address: addressOf(context), at: clock.now() })
          await giveWelcomeCredits(parts, userId)
        },
      },
      update: { before: async () => ({ data: withoutTokens }) },
    },
    session: {
      create: {
        before: async (
          session: { createdAt: Date; expiresAt: Date; userAgent?: string | null | undefined },
          context: Context,
        ) => {
          const address = addressOf(context)
          const now = clock.now()
          return {
            data: {
              // By our clock, by which it is asked how fresh a session is.
              createdAt: now,
              updatedAt: now,
              expiresAt: new Date(now.getTime() + session.expiresAt.getTime() - session.createdAt.getTime()),
              ipAddress: address === unknownAddress ? null : toBlock(address),
              userAgent: session.userAgent?.slice(0, 300) ?? null,
            },
          }
        },
        after: async ({ id, userId }: { id: string; userId: string }, context: Context) => {
          await recordAudit(db, {
            userId,
            action: 'signed-in',
            target: id,
            address: addressOf(context),
            at: clock.now(),
          })
        },
      },
    },
  }
}

const withoutTokens = {
  accessToken: null,
  refreshToken: null,
  idToken: null,
  accessTokenExpiresAt: null,
  refreshTokenExpiresAt: null,
  scope: null,
}

function addressOf(context: Context): string {
  const headers = context?.headers ?? context?.request?.headers
  return headers?.get(addressHeader) ?? unknownAddress
}
