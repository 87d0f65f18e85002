/** Tables of accounts, sign-in, mail and limits. */
import type { RulesOf } from './rule.ts'

/** Parents before children. */
export const accountRules = {
  user: {
    about: 'The account.',
    way: { column: 'id', holds: 'person' },
    columns: {
      id: 'exported',
      name: 'exported',
      email: 'exported',
      emailVerified: 'exported',
      image: 'exported',
      createdAt: 'exported',
      updatedAt: 'exported',
      ageConfirmedAt: 'exported',
      erasureDueAt: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'account',
  },
  session: {
    about: 'A browser that is or was signed in.',
    way: { column: 'userId', holds: 'person' },
    columns: {
      id: 'exported',
      userId: 'exported',
      token: 'secret',
      expiresAt: 'exported',
      ipAddress: 'exported',
      userAgent: 'exported',
      createdAt: 'exported',
      updatedAt: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'session',
  },
  account: {
    about: 'A way to sign in: a password, or an identity at a provider.',
    way: { column: 'userId', holds: 'person' },
    columns: {
      id: 'exported',
      userId: 'exported',
      accountId: 'exported',
      providerId: 'exported',
      accessToken: 'secret',
      refreshToken: 'secret',
      idToken: 'secret',
      accessTokenExpiresAt: 'exported',
      refreshTokenExpiresAt: 'exported',
      scope: 'exported',
      password: 'secret',
      createdAt: 'exported',
      updatedAt: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'account',
  },
  verification: {
    about: 'A link or state of sign-in that waits to be used.',
    way: { column: 'value', mentions: 'person' },
    columns: {
      id: 'exported',
      identifier: 'secret',
      value: 'secret',
      expiresAt: 'exported',
      createdAt: 'exported',
      updatedAt: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'verification',
  },
  access_token: {
    about: 'An API key, or a token of the command line.',
    way: { column: 'user_id', holds: 'person' },
    columns: {
      id: 'exported',
      user_id: 'exported',
      kind: 'exported',
      name: 'exported',
      prefix: 'exported',
      hash: 'secret',
      scopes: 'exported',
      created_at: 'exported',
      expires_at: 'exported',
      last_used_on: 'exported',
      revoked_at: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'account',
  },
  device_grant: {
    about: 'A device that asked to be let in.',
    way: { column: 'user_id', holds: 'person' },
    columns: {
      id: 'exported',
      device_code_hash: 'secret',
      user_code_hash: 'secret',
      client_id: 'exported',
      client_name: 'exported',
      scopes: 'exported',
      state: 'exported',
      user_id: 'exported',
      interval_seconds: 'exported',
      polled_at: 'exported',
      created_at: 'exported',
      expires_at: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'device-grant',
  },
  mail_outbox: {
    about: 'A mail that waits to be sent; its text comes with the mail.',
    way: { column: 'user_id', holds: 'person' },
    columns: { id: 'exported', user_id: 'exported', sealed: 'secret', created_at: 'exported' },
    erasure: { action: 'delete' },
    kept: 'mail',
  },
  rate_bucket: {
    about: 'A count of a limit.',
    nobody: 'The subject is a keyed hash that changes with every window.',
    columns: { subject: 'internal', kind: 'internal', count: 'internal', expires_at: 'internal' },
    kept: 'rate-bucket',
  },
  abuse_signal: {
    about: 'A limit that was run into, counted by day.',
    nobody: 'The subject is a keyed hash that changes every day. Erasure looks for those of the account all the same.',
    columns: {
      subject: 'internal',
      kind: 'internal',
      count: 'internal',
      created_at: 'internal',
      expires_at: 'internal',
    },
    kept: 'abuse-signal',
  },
  audit_event: {
    about: 'An entry of the security log.',
    way: { column: 'user_id', holds: 'person' },
    columns: {
      id: 'exported',
      user_id: 'exported',
      action: 'exported',
      target: 'exported',
      address_block: 'exported',
      created_at: 'exported',
    },
    erasure: { action: 'delete' },
    kept: 'audit',
  },
  grant_claim: {
    about: 'Credits that were given once for an address of mail or an identity.',
    way: { column: 'user_id', holds: 'person' },
    columns: { subject: 'secret', user_id: 'exported', kind: 'exported', created_at: 'exported' },
    erasure: { action: 'delete' },
    kept: 'account',
  },
} as const satisfies RulesOf<
  | 'user'
  | 'session'
  | 'account'
  | 'verification'
  | 'access_token'
  | 'device_grant'
  | 'mail_outbox'
  | 'rate_bucket'
  | 'abuse_signal'
  | 'audit_event'
  | 'grant_claim'
>
