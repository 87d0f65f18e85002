/** What stands for a person once nothing else does: a keyed hash of the account's identifier. Whoever has the identifier and our secret can tell that it was erased; nobody can go the other way. */
import { createHmac } from 'node:crypto'
import { deriveKey } from '../keys/derive.ts'

/** The pseudonym of an account. */
export function toPseudonym(secret: string, userId: string): Buffer {
  return createHmac('sha256', deriveKey(secret, 'evidence')).update(userId).digest()
}
