/** What everything else stands on: answers, guards, wishes that happen once. */

import { problemSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestService, type TestService } from './harness/service.ts'

let hero: TestService
beforeAll(async () => {
  hero = await createTestService()
})
afterAll(() => hero.close())

test('an address where there is nothing answers with a problem', async () => {
  const response = await hero.request('/v1/nothing')
  expect(response.status).toBe(404)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(problemSchema.parse(await response.json())).toMatchObject({
    code: 'not-found',
    type: 'urn:hero-image:problem:not-found',
  })
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
})

test('the OpenAPI document is there', async () => {
  const response = await hero.request('/openapi.json')
  expect(await response.json()).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'http://hero.test' }] })
})

test('better-auth misses no table and no column', async () => {
  const { getMigrations } = await import('better-auth/db/migration')
  const { toBeAdded, toBeCreated } = await getMigrations(hero.service.auth.options)
  expect({ toBeAdded, toBeCreated }).toEqual({ toBeAdded: [], toBeCreated: [] })
})
