/** What strangers can do with the addresses that are for those who run the service. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { healthRoutes } from '../../src/operation/health.ts'
import { createTestService, type TestService, testAddressHeader } from '../harness/service.ts'

let hero: TestService
beforeAll(async () => {
  hero = await createTestService()
})
afterAll(() => hero.close())

test('questions for readiness at the same time are one question to the database: nothing limits how many there are', async () => {
  let asked = 0
  const counting = hero.service.db.withPlugin({
    transformQuery({ node }) {
      asked += 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const routes = healthRoutes({ db: counting }, { isDraining: () => false })
  const statuses = await Promise.all(Array.from({ length: 200 }, async () => (await routes.request('/readyz')).status))
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect(asked).toBeLessThan(10)
})

test('figures are for this machine, and not for whoever comes through a proxy on it', async () => {
  const local = { [testAddressHeader]: '127.0.0.1' }
  expect((await hero.request('/metrics', { headers: local })).status).toBe(200)
  for (const name of ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via']) {
    expect((await hero.request('/metrics', { headers: { ...local, [name]: '192.0.2.7' } })).status, name).toBe(404)
  }
})
