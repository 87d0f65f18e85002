/** Codes of device sign-in. The code of the device is a secret of 256 bits; that of the person is short, so what is kept of it is keyed: a plain hash of it could be tried out. */
import { createHmac, randomBytes, randomInt } from 'node:crypto'
import { deriveKey } from '../keys/derive.ts'

/** Consonants alone: no words, and nothing that looks like a digit. 20 of them, eight in a code: 34 bits. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ'
const length = 8

/** A code for the device. */
export function createDeviceCode(): string {
  return randomBytes(32).toString('base64url')
}

/** A code that a person types, such as `WDJB-MJHT`. */
export function createUserCode(): string {
  const text = Array.from({ length }, () => letters[randomInt(letters.length)]).join('')
  return `${text.slice(0, 4)}-${text.slice(4)}`
}

/** Bits of a person's code. */
export const userCodeBits: number = length * Math.log2(letters.length)

/** What is kept of a code. Case, spaces and dashes of what a person types do not count. */
export function hashCode(secret: string, kind: 'device' | 'user', code: string): Buffer {
  const text = kind === 'user' ? code.toUpperCase().replaceAll(/[^A-Z]/g, '') : code
  return createHmac('sha256', deriveKey(secret, 'device')).update(`${kind} ${text}`).digest()
}
