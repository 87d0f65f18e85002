/** Sign-up, sign-in and sessions: better-auth's core on our database. Tokens of programs are our own (`tokens.ts`), since its bearer plugin takes what a database dump shows. */
import { betterAuth } from 'better-auth'
import type { Clock } from '../clock.ts'
import type { Db } from '../database/open.ts'
import { deriveKey } from '../keys/derive.ts'
import { newId } from '../keys/uuid.ts'
import type { Settings } from '../settings/read.ts'

/** What sign-in is built on. */
export interface AuthParts {
  readonly db: Db
  readonly settings: Settings
  readonly secret: string
  readonly publicUrl: string
  readonly clock: Clock
}

/** Name of the header in which we, and nobody else, tell better-auth where a request comes from. */
export const addressHeader = 'x-hero-address'

/** Creates sign-in. */
export function createAuth({ db, settings, secret, publicUrl }: AuthParts) {
  return betterAuth({
    appName: 'Hero Image',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: deriveKey(secret, 'auth').toString('base64url'),
    database: { db, type: 'postgres', transaction: true },
    trustedOrigins: [...settings.HERO_TRUSTED_ORIGINS],
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Requests are limited before they come here.
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: true, minPasswordLength: 10, maxPasswordLength: 128 },
    session: { cookieCache: { enabled: false }, expiresIn: 30 * 86_400, updateAge: 86_400 },
    user: {
      additionalFields: {
        ageConfirmedAt: { type: 'date', required: false, input: false },
        erasureDueAt: { type: 'date', required: false, input: false, returned: false },
      },
    },
    account: { encryptOAuthTokens: true },
    verification: { storeIdentifier: 'hashed' },
    advanced: {
      cookiePrefix: 'hero',
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
  })
}

/** Sign-in. */
export type Auth = ReturnType<typeof createAuth>
