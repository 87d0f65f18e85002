/**
 * Sign-up, sign-in and sessions: better-auth's core on our database. Its own endpoints are not open; our routes call those that people need (`password-routes.ts`,
 * `social-routes.ts`), since others would hand out session tokens. Tokens of programs are our own (`token-text.ts`), since its bearer plugin takes what a dump shows.
 *
 * Nobody can sign in before the address of mail is verified: so nothing is spent for an address that is not theirs, and sign-up need not tell whether there is an account.
 */
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { github as askGitHub, google as askGoogle } from 'better-auth/social-providers'
import { recordAudit } from '../accounts/audit.ts'
import { revokeTokensOf, voidLinksOf } from '../accounts/revoke-tokens.ts'
import { giveWelcomeCredits } from '../accounts/welcome-credits.ts'
import type { Db } from '../database/open.ts'
import { unknownAddress } from '../http/address.ts'
import { deriveKey } from '../keys/derive.ts'
import { newId } from '../keys/uuid.ts'
import type { Mail } from '../mail/mail.ts'
import { postMail } from '../mail/outbox.ts'
import type { Settings } from '../settings/read.ts'
import { type AuthParts, addressHeader, linkSeconds } from './auth-parts.ts'
import { createHooks } from './hooks.ts'
import { existingAccountMail, passwordChangedMail, resetMail, verificationMail } from './mails.ts'
import { onlySound } from './sound-identity.ts'

/** Sessions end this long after signing in, however much they are used: a cookie that is never renewed cannot outlive a person's memory of it. */
const sessionSeconds = 30 * 86_400

/** Creates sign-in. */
export function createAuth(parts: AuthParts) {
  const { db, settings, secret, publicUrl, clock, log } = parts
  const write = (userId: string, to: string, mail: Pick<Mail, 'subject' | 'text'>): Promise<void> =>
    db.transaction().execute((trx) => postMail(parts, trx, { to, ...mail }, userId))
  const audit = (
    trx: Db,
    userId: string,
    action: 'email-verified' | 'password-reset',
    request?: Request,
  ): Promise<void> =>
    recordAudit(trx, {
      userId,
      action,
      address: request?.headers.get(addressHeader) ?? unknownAddress,
      at: clock.now(),
    })

  return betterAuth({
    appName: 'Hero Image',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: deriveKey(secret, 'auth').toString('base64url'),
    database: { db, type: 'postgres', transaction: true },
    trustedOrigins: [...settings.HERO_TRUSTED_ORIGINS],
    telemetry: { enabled: false },
    // Its own words name people; what is an error of ours is logged below.
    logger: { disabled: true },
    // Requests are limited before they come here.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      requireEmailVerification: true,
      autoSignIn: false,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: linkSeconds,
      sendResetPassword: ({ user, token }) =>
        write(user.id, user.email, resetMail(`${publicUrl}/reset-password?token=${token}`)),
      onExistingUserSignUp: ({ user }) => write(user.id, user.email, existingAccountMail(publicUrl)),
      onPasswordReset: async ({ user }, request) => {
        // Only the owner of the mailbox could do this, and whoever else was in the account has to be out, with everything.
        await db.transaction().execute(async (trx) => {
          await trx.updateTable('user').set({ emailVerified: true }).where('id', '=', user.id).execute()
          await revokeTokensOf(trx, user.id, clock.now())
          await voidLinksOf(trx, user.id)
          await audit(trx, user.id, 'password-reset', request)
          await postMail(parts, trx, { to: user.email, ...passwordChangedMail(publicUrl) }, user.id)
        })
        await giveWelcomeCredits(parts, user.id)
      },
    },
    emailVerification: {
      expiresIn: linkSeconds,
      sendOnSignUp: true,
      autoSignInAfterVerification: false,
      sendVerificationEmail: ({ user, token }) =>
        write(user.id, user.email, verificationMail(`${publicUrl}/verify-email?token=${token}`)),
      afterEmailVerification: async (user, request) => {
        await audit(db, user.id, 'email-verified', request)
        await giveWelcomeCredits(parts, user.id)
      },
    },
    socialProviders: toSocialProviders(settings, db),
    session: {
      // Whoever is signed out or erased is so at once.
      cookieCache: { enabled: false },
      expiresIn: sessionSeconds,
      disableSessionRefresh: true,
    },
    user: {
      additionalFields: {
        ageConfirmedAt: { type: 'date', required: false, input: false },
        erasureDueAt: { type: 'date', required: false, input: false, returned: false },
      },
    },
    account: {
      updateAccountOnSignIn: false,
      // In the browser, sealed, and nowhere else: a stranger who is refused at sign-up leaves no row.
      storeStateStrategy: 'cookie',
      // Signing in with a provider opens no account that somebody has made with a password, not even with the same verified address: its owner may have confirmed
      // in a hurry what a stranger began, and the stranger would keep the password to an account that its owner then uses.
      accountLinking: { enabled: true, disableImplicitLinking: true, trustedProviders: [] },
    },
    verification: { storeIdentifier: 'hashed' },
    databaseHooks: createHooks(parts),
    onAPIError: {
      errorURL: `${publicUrl}/sign-in`,
      onError: (error) => {
        if (!(error instanceof APIError)) log.error({ err: error }, 'sign-in failed')
      },
    },
    advanced: {
      cookiePrefix: 'hero',
      // Said outright, since by default better-auth checks no origin where NODE_ENV is `test`.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
  })
}

/** Providers that have a client. New people are let in only when they confirmed their age, which the request to sign up stands for. */
function toSocialProviders(settings: Settings, db: Db) {
  const toProvider = (clientId: string | undefined, clientSecret: string | undefined) =>
    clientId === undefined || clientSecret === undefined
      ? undefined
      : { clientId, clientSecret, disableImplicitSignUp: true, requireEmailVerification: true }
  const gitHub = toProvider(settings.GITHUB_CLIENT_ID, settings.GITHUB_CLIENT_SECRET)
  const google = toProvider(settings.GOOGLE_CLIENT_ID, settings.GOOGLE_CLIENT_SECRET)
  return {
    ...(gitHub && {
      github: {
        ...gitHub,
        getUserInfo: onlySound(db, 'github', askGitHub(gitHub).getUserInfo, ({ id }) => String(id)),
      },
    }),
    ...(google && {
      google: { ...google, getUserInfo: onlySound(db, 'google', askGoogle(google).getUserInfo, ({ sub }) => sub) },
    }),
  }
}

/** Sign-in. */
export type Auth = ReturnType<typeof createAuth>
