/** One secret, many keys: what signs cursors must not open mails (HKDF, RFC 5869). */
import { hkdfSync } from 'node:crypto'

/** What a key is for; a new purpose is a new key. */
export type KeyPurpose =
  | 'auth'
  | 'cursor'
  | 'outbox'
  | 'visitor'
  | 'rate'
  | 'unsubscribe'
  | 'evidence'
  | 'restore'
  | 'fake-payments'
  | 'mail-link'
  | 'device'

/** The key for a purpose, 32 bytes. */
export function deriveKey(secret: string, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'hero-image-service', purpose, 32))
}
