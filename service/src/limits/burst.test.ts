import { expect, test } from 'vitest'
import { createBurstLimit } from './burst.ts'
import { hashSubject, toSender, toWindow } from './subject.ts'

test('a sender has its number of requests, others have theirs, and the next window begins anew', () => {
  let time = 60_000
  const take = createBurstLimit({ now: () => new Date(time) }, 2, 60_000)
  expect([take('a'), take('a'), take('a')].map(({ allowed }) => allowed)).toEqual([true, true, false])
  expect(take('b').allowed).toBe(true)
  expect(take('a')).toMatchObject({ remaining: 0, resetSeconds: 60 })
  time = 120_000
  expect(take('a')).toMatchObject({ allowed: true, remaining: 1 })
})

test('memory stays bounded however many senders there are', () => {
  const take = createBurstLimit({ now: () => new Date(0) }, 1, 60_000)
  for (let sender = 0; sender < 50_000; sender += 1) take(String(sender))
  expect(take('one more').allowed).toBe(true)
  expect(take('and another').allowed).toBe(false)
})

test('an IPv6 network is one sender, an IPv4 address is one', () => {
  expect(toSender('2001:db8:1:2:3:4:5:6')).toBe(toSender('2001:db8:1:2::1'))
  expect(toSender('192.0.2.7')).toBe('192.0.2.7')
  expect(toSender('unknown')).toBe('unknown')
})

test('the same subject is another hash in another window, and with another secret', () => {
  const window = toWindow(new Date(61_000), 60_000).start
  expect(window).toBe(60_000)
  const hash = (secret: string, start: number): string => hashSubject(secret, 'x', 'a', start).toString('hex')
  expect(new Set([hash('s', window), hash('s', 120_000), hash('t', window)]).size).toBe(3)
})
