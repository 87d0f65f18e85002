/** Security log: what was done to an account, when, and roughly from where. Kept for 90 days, and no longer than the account. */
import type { Db } from '../database/open.ts'
import { toBlock } from '../http/address.ts'
import { newId } from '../keys/uuid.ts'

/** What is written down. */
export type AuditAction =
  | 'signed-up'
  | 'signed-in'
  | 'signed-out'
  | 'identity-linked'
  | 'email-verified'
  | 'email-changed'
  | 'password-changed'
  | 'password-reset'
  | 'session-revoked'
  | 'token-created'
  | 'token-revoked'
  | 'device-approved'
  | 'device-denied'
  | 'data-exported'
  | 'erasure-asked'
  | 'erasure-cancelled'

/** An event as it is told. */
export interface AuditEvent {
  readonly userId: string
  readonly action: AuditAction
  /** Identifier of what it was done to; never a name or an address of mail. */
  readonly target?: string
  /** Address of the client, of which only the block is kept. */
  readonly address: string
  readonly at: Date
}

/** Writes an event down, in the transaction of what it tells of. */
export async function recordAudit(trx: Db, { userId, action, target, address, at }: AuditEvent): Promise<void> {
  await trx
    .insertInto('audit_event')
    .values({
      id: newId(),
      user_id: userId,
      action,
      target: target ?? null,
      address_block: toBlock(address),
      created_at: at,
    })
    .execute()
}
