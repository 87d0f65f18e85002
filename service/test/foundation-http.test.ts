/** What the framework would leave to chance: other methods, other bodies, characters that no database keeps. */
import { problemSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestService, type Person, type TestService } from './harness/service.ts'

let hero: TestService
let person: Person
beforeAll(async () => {
  hero = await createTestService()
  person = await hero.createPerson()
})
afterAll(() => hero.close())

async function codeOf(response: Response): Promise<string> {
  return problemSchema.parse(await response.json()).code
}

function send(body: string | Uint8Array<ArrayBuffer>, contentType: string | undefined): Promise<Response> {
  return person.request('/v1/projects', {
    method: 'POST',
    headers: {
      'idempotency-key': crypto.randomUUID(),
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
    },
    body,
  })
}

describe('methods', () => {
  test.each(['PUT', 'DELETE', 'PATCH', 'PROPFIND'])(
    '%s where it is not possible is 405 and says what is',
    async (method) => {
      const response = await person.request('/v1/projects', { method })
      expect(response.status).toBe(405)
      expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST')
      expect(await codeOf(response)).toBe('method-not-allowed')
    },
  )

  test('OPTIONS tells what is possible, and lets no other site in', async () => {
    const response = await hero.request('/v1/projects/prj_1', {
      method: 'OPTIONS',
      headers: { origin: 'https://example.org' },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('allow')).toBe('DELETE, GET, HEAD, OPTIONS, PATCH')
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('HEAD is GET without a body', async () => {
    const response = await person.request('/v1/projects', { method: 'HEAD' })
    expect({ status: response.status, body: await response.text() }).toEqual({ status: 200, body: '' })
  })

  test('at no address at all are not found', async () => {
    expect((await person.request('/v1/nothing', { method: 'PATCH' })).status).toBe(404)
  })
})

describe('bodies', () => {
  test.each([
    { body: '{"name": ', contentType: 'application/json', code: 'invalid-json' },
    { body: '', contentType: 'application/json', code: 'invalid-json' },
    { body: '{"name":"x"}', contentType: 'text/plain', code: 'unsupported-media-type' },
    { body: '{"name":"x"}', contentType: 'nonsense', code: 'unsupported-media-type' },
    { body: '{"name":"x"}', contentType: 'application/x-www-form-urlencoded', code: 'unsupported-media-type' },
    { body: new Uint8Array([123, 125]), contentType: undefined, code: 'unsupported-media-type' },
    { body: '[]', contentType: 'application/json', code: 'invalid-fields' },
    { body: 'null', contentType: 'application/json', code: 'invalid-fields' },
    { body: '{"name":"a\\u0000b"}', contentType: 'application/json', code: 'invalid-fields' },
    { body: '{"name":"\\ud83d"}', contentType: 'application/json', code: 'invalid-fields' },
    { body: '{"name":"a\\u202eb"}', contentType: 'application/json', code: 'invalid-fields' },
    { body: '{"name":"a\\u007fb"}', contentType: 'application/json', code: 'invalid-fields' },
    { body: `{"name":"${'x'.repeat(1024 * 1024)}"}`, contentType: 'application/json', code: 'payload-too-large' },
    {
      body: new Blob(['{"name":"', 'x'.repeat(1024 * 1024), '"}']).stream(),
      contentType: 'application/json',
      code: 'payload-too-large',
    },
  ])('$contentType is $code', async ({ body, contentType, code }) => {
    const response = await (body instanceof ReadableStream
      ? person.request('/v1/projects', {
          method: 'POST',
          headers: { 'content-type': contentType, 'idempotency-key': 'k' },
          body,
          duplex: 'half',
        })
      : send(body, contentType))
    expect(await codeOf(response)).toBe(code)
  })

  test('with any other character are kept as they are', async () => {
    const name = '😀 é \u200f \u200d \ufeff x'
    const response = await send(JSON.stringify({ name }), 'application/json; charset=utf-8')
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({ name })
  })
})

test('a query with U+0000 is a problem of the request', async () => {
  expect((await person.request('/v1/projects?cursor=a%00')).status).toBe(422)
  expect((await person.request('/v1/projects/prj_%00')).status).toBe(404)
})

test('a form that cannot be read has a type that is not taken', async () => {
  const response = await hero.request('/oauth/token', {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: 'client_id=hero-image',
  })
  expect(await codeOf(response)).toBe('unsupported-media-type')
})
