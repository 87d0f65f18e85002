/** The document that the service publishes. */
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { printCounts } from '../harness/counts.ts'
import { operationsOf } from '../harness/document.ts'
import { createTestService, type TestService } from '../harness/service.ts'

let hero: TestService
beforeAll(async () => {
  hero = await createTestService({ settings: { HERO_PAYMENTS: 'fake' } })
})
afterAll(() => hero.close())

test('A5 it is OpenAPI 3.1', async () => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(hero.readDocument())))
  expect(errors ?? []).toEqual([])
  expect({ valid, version: validator.version }).toEqual({ valid: true, version: '3.1' })
})

test('A5 every operation has an identifier of its own, a tag, a summary, and says who may use it', () => {
  const operations = operationsOf(hero.readDocument())
  const ids = operations.map(({ operationId }) => operationId)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  const incomplete = operations.filter(({ tags = [], summary = '' }) => tags.length === 0 || summary === '')
  expect(incomplete.map(({ operationId }) => operationId)).toEqual([])
  printCounts('A5 document', { operations: operations.length })
})

test('A5 every parameter in a path is described, and errors are problems everywhere', () => {
  for (const { path, operationId, parameters = [], responses } of operationsOf(hero.readDocument())) {
    const named = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name)
    const described = parameters.filter((each) => each.in === 'path').map(({ name }) => name)
    expect(described.sort(), operationId).toEqual(named.sort())
    expect(Object.keys(responses.default?.content ?? {}), operationId).toEqual(['application/problem+json'])
  }
})

test('A5 what a guard asks for is what the document tells', () => {
  for (const { operationId, security, ...operation } of operationsOf(hero.readDocument())) {
    const access = operation['x-access']
    const wanted =
      access === 'public' ? [] : 'scope' in access ? [{ session: [] }, { token: [access.scope] }] : [{ session: [] }]
    expect(security, operationId).toEqual(wanted)
  }
})
