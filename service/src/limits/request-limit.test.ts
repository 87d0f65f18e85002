import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { ServiceEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { readSettings } from '../settings/read.ts'
import { limitRequests } from './request-limit.ts'

function createCaller(perMinute: number): (address: string) => Promise<number> {
  const settings = readSettings({ HERO_REQUESTS_PER_MINUTE: String(perMinute) })
  const app = new Hono<ServiceEnv>()
  app.use(async (c, next) => {
    c.set('address', c.req.header('x-address') ?? '')
    await next()
  })
  app.use(limitRequests({ settings, clock: { now: () => new Date(0) } }))
  app.get('/', (c) => c.text('there'))
  app.onError((error, c) => c.text('', error instanceof ProblemError ? 429 : 500))
  return async (address) => (await app.request('/', { headers: { 'x-address': address } })).status
}

test('a sender has so many requests, by its address or its network of 64 bits', async () => {
  const call = createCaller(2)
  for (const [first, second] of [
    ['198.51.100.7', '198.51.100.7'],
    ['2001:db8::1', '2001:db8::2'],
  ] as const) {
    expect([await call(first), await call(second), await call(first)]).toEqual([200, 200, 429])
  }
  expect(await call('198.51.100.8')).toBe(200)
  expect(await call('2001:db8:0:1::1')).toBe(200)
})

test('whoever has thousands of such networks has ten times as many, and not thousands of times', async () => {
  const call = createCaller(2)
  const statuses: number[] = []
  for (let network = 0; network < 30; network += 1) statuses.push(await call(`2001:db8:7:${network.toString(16)}::1`))
  expect(statuses).toEqual([...Array(20).fill(200), ...Array(10).fill(429)])
  expect(await call('2001:db8:8::1')).toBe(200)
})
