/** The text in the link that brings an account back. It is computed from the account and the time of its erasure, so nothing of it is stored, and it ends with the wish it was made for. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { deriveKey } from '../../keys/derive.ts'

/** Makes the text for an account that is to be erased at a time. */
export function createRestoreToken(secret: string, userId: string, dueAt: Date): string {
  return `${Buffer.from(userId).toString('base64url')}.${sign(secret, userId, dueAt).toString('base64url')}`
}

/** The account that a text names, which proves nothing yet; none when it names no identifier at all. */
export function readRestoreToken(token: string): string {
  const text = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('latin1')
  // What is decoded may hold anything, also what no database takes.
  return /^[\w-]{1,64}$/.test(text) ? text : ''
}

/** True for the text that was made for this account and time. */
export function isRestoreToken(token: string, secret: string, userId: string, dueAt: Date): boolean {
  const given = Buffer.from(token)
  const wanted = Buffer.from(createRestoreToken(secret, userId, dueAt))
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function sign(secret: string, userId: string, dueAt: Date): Buffer {
  return createHmac('sha256', deriveKey(secret, 'restore'))
    .update(JSON.stringify([userId, dueAt.toISOString()]))
    .digest()
}
