/** A3 and A5 rest on the check that `request` makes; here it meets answers that are wrong. */
import { expect, test } from 'vitest'
import { createAnswerCheck } from '../harness/check-answer.ts'
import { readDocument } from '../harness/document.ts'

const check = createAnswerCheck(() =>
  readDocument({
    openapi: '3.1.0',
    components: {
      schemas: { Thing: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } },
    },
    paths: {
      '/v1/things/{id}': {
        get: {
          operationId: 'getThing',
          'x-access': 'public',
          responses: {
            '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
            '204': {},
          },
        },
      },
    },
  }),
)

const problem = {
  type: 'urn:hero-image:problem:not-found',
  code: 'not-found',
  title: 'There is no such object.',
  status: 404,
  request_id: 'r',
}

function answer(status: number, body: unknown, contentType = 'application/json'): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const headers = { 'content-type': contentType, 'x-request-id': 'r' }
  return new Response(status === 204 ? null : text, { status, headers })
}

function complaintOf(response: Response, path = '/v1/things/1'): Promise<string> {
  return check({ method: 'GET', path, response }).then(
    () => '',
    (error: unknown) => String(error),
  )
}

test.each([
  { response: answer(200, { id: '1' }) },
  { response: answer(204, '') },
  { response: answer(404, problem, 'application/problem+json') },
])('what fits is fine', async ({ response }) => {
  expect(await complaintOf(response)).toBe('')
})

test.each([
  {
    what: 'a field that no schema names',
    response: answer(200, { id: '1', hash: 'x' }),
    says: 'additional properties',
  },
  { what: 'a field of another type', response: answer(200, { id: 1 }), says: "at '/id' must be string" },
  { what: 'a field that is missing', response: answer(200, {}), says: "required property 'id'" },
  { what: 'another media type', response: answer(200, 'hello', 'text/html'), says: "media type is 'text/html'" },
  { what: 'a status that nobody was told of', response: answer(202, {}), says: 'tells of 200, 204 only' },
  { what: 'an error in other words', response: answer(404, { error: 'no' }), says: 'no application/problem+json' },
  {
    what: 'a code that does not exist',
    response: answer(404, { ...problem, code: 'gone' }, 'application/problem+json'),
    says: "no problem 'gone'",
  },
  {
    what: 'another status inside',
    response: answer(409, problem, 'application/problem+json'),
    says: 'its status says 404',
  },
  {
    what: 'a trace',
    response: answer(500, { ...problem, detail: 'Error\n    at run (/srv/app.ts:1:2)' }, 'application/problem+json'),
    says: 'shows what is inside',
  },
  {
    what: 'SQL',
    response: answer(500, { ...problem, detail: 'insert into "project" values' }, 'application/problem+json'),
    says: 'shows what is inside',
  },
])('$what is told', async ({ response, says }) => {
  const complaint = await complaintOf(response)
  expect(complaint).toContain(says)
  expect(complaint).toContain(`GET /v1/things/1 (getThing) answered ${response.status}`)
})

test('an address that the document does not have is told', async () => {
  expect(await complaintOf(answer(200, {}), '/v1/others')).toContain('does not have this address')
})

test('a route without access is told', () => {
  const paths = { '/x': { get: { operationId: 'x', responses: {} } } }
  expect(() => readDocument({ openapi: '3.1.0', paths })).toThrow('x-access')
})
