import { expect, test } from 'vitest'
import { createDeviceCode, createUserCode, hashCode, userCodeBits } from './codes.ts'

test('codes of people have more than 20 bits, and no vowels that make words', () => {
  expect(userCodeBits).toBeGreaterThan(34)
  const codes = Array.from({ length: 1000 }, createUserCode)
  expect(codes.filter((code) => !/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/.test(code))).toEqual([])
  expect(new Set(codes).size).toBe(1000)
})

test('how a person types a code does not count; whose code it is, and the secret, do', () => {
  const hash = (code: string, kind: 'device' | 'user' = 'user', secret = 's'): string =>
    hashCode(secret, kind, code).toString('hex')
  expect(hash('wdjb mjht')).toBe(hash('WDJB-MJHT'))
  expect(hash('WDJB-MJHT', 'device')).not.toBe(hash('WDJB-MJHT'))
  expect(hash('WDJB-MJHT', 'user', 't')).not.toBe(hash('WDJB-MJHT'))
  expect(Buffer.from(createDeviceCode(), 'base64url')).toHaveLength(32)
})
