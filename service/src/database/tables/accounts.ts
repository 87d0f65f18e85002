/** Rows of migrations/0001-accounts.sql. */
import type { ColumnType, Generated } from 'kysely'

/** A time that the database sets when nobody does. */
export type CreatedAt = ColumnType<Date, Date | undefined, Date>

export interface UserTable {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly emailVerified: boolean
  readonly image: string | null
  readonly createdAt: CreatedAt
  readonly updatedAt: CreatedAt
  readonly ageConfirmedAt: Date | null
  readonly erasureDueAt: Date | null
}

export interface SessionTable {
  readonly id: string
  readonly userId: string
  readonly token: string
  readonly expiresAt: Date
  readonly ipAddress: string | null
  readonly userAgent: string | null
  readonly createdAt: CreatedAt
  readonly updatedAt: Date
}

export interface AccountTable {
  readonly id: string
  readonly userId: string
  readonly accountId: string
  readonly providerId: string
  readonly accessToken: string | null
  readonly refreshToken: string | null
  readonly idToken: string | null
  readonly accessTokenExpiresAt: Date | null
  readonly refreshTokenExpiresAt: Date | null
  readonly scope: string | null
  readonly password: string | null
  readonly createdAt: CreatedAt
  readonly updatedAt: Date
}

export interface VerificationTable {
  readonly id: string
  readonly identifier: string
  readonly value: string
  readonly expiresAt: Date
  readonly createdAt: CreatedAt
  readonly updatedAt: CreatedAt
}

export interface AccessTokenTable {
  readonly id: string
  readonly user_id: string
  readonly kind: 'api_key' | 'cli'
  readonly name: string
  readonly prefix: string
  readonly hash: Buffer
  readonly scopes: string[]
  readonly created_at: CreatedAt
  readonly expires_at: Date | null
  /** The day alone, as text: nobody needs to know the hour. */
  readonly last_used_on: ColumnType<string | null, string | null | undefined, string | null>
  readonly revoked_at: Date | null
}

export interface DeviceGrantTable {
  readonly id: string
  readonly device_code_hash: Buffer
  readonly user_code_hash: Buffer
  readonly client_id: string
  readonly client_name: string
  readonly scopes: string[]
  readonly state: ColumnType<
    'pending' | 'approved' | 'denied' | 'used',
    'pending' | undefined,
    'approved' | 'denied' | 'used'
  >
  readonly user_id: string | null
  readonly interval_seconds: Generated<number>
  readonly polled_at: Date | null
  readonly created_at: CreatedAt
  readonly expires_at: Date
}
