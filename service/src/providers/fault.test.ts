import { expect, test } from 'vitest'
import { faultOfConnection, faultOfStatus, faults } from './fault.ts'

test('what a gateway says is no word of the provider: it may be drawing, and is not asked again', () => {
  for (const status of [502, 504, 520, 522, 524])
    expect(faults[faultOfStatus(status)].again, String(status)).toBe(false)
  for (const status of [429, 500, 503, 529]) expect(faults[faultOfStatus(status)].again, String(status)).toBe(true)
})

test.each([
  [429, 'busy'],
  [500, 'busy'],
  [503, 'busy'],
  [401, 'exhausted'],
  [402, 'exhausted'],
  [403, 'exhausted'],
  [400, 'rejected'],
  [422, 'rejected'],
  [200, 'garbage'],
])('status %i is %s', (status, kind) => {
  expect(faultOfStatus(status)).toBe(kind)
})

test('only what never left may be sent again: a connection that broke later may be paid for', () => {
  const withCode = (code: string): Error => new Error('fetch failed', { cause: Object.assign(new Error(), { code }) })
  expect(faultOfConnection(withCode('ECONNREFUSED'))).toBe('unreachable')
  expect(faultOfConnection(withCode('ECONNRESET'))).toBe('broken')
  expect(faultOfConnection(new Error('?'))).toBe('broken')
  expect([faults.unreachable.again, faults.broken.again, faults.timeout.again]).toEqual([true, false, false])
})
