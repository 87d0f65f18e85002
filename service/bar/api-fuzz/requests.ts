/** Requests for one operation: as its row says, from its schemas, and both with something wrong. */

import type { Wish } from '../../test/api/rows.ts'
import { toInit, toPath } from '../../test/api/send.ts'
import type { OpenApiDocument, Operation } from '../../test/harness/document.ts'
import { createGenerator } from './from-schema.ts'
import type { Random } from './random.ts'
import { breakJson, mutate, wildTexts } from './wild.ts'

/** A request, and what was done to it. */
export interface FuzzRequest {
  readonly path: string
  readonly init: RequestInit
  readonly how: string
}

type Draft = Wish & { readonly method?: string; readonly pathEnd?: string }

/** Makes requests for operations of a document. */
export function createRequests(document: OpenApiDocument, random: Random) {
  const generate = createGenerator(document, random)
  const encode = (text: string): string => {
    try {
      return encodeURIComponent(text)
    } catch {
      return '%ED%A0%80'
    }
  }

  function fromSchemas(operation: Operation, wish: Wish): Draft {
    const schema = operation.requestBody?.content['application/json']?.schema
    return schema === undefined ? wish : { ...wish, json: generate(schema) }
  }

  function withQuery(operation: Operation, wish: Draft): Draft {
    const known = (operation.parameters ?? []).filter((each) => each.in === 'query')
    const query = Object.fromEntries(
      known
        .filter(() => random.chance(0.6))
        .map(({ name, schema = {} }) => [
          name,
          random.chance(0.5) ? String(generate(schema)) : random.pick(wildTexts).toWellFormed(),
        ]),
    )
    const stranger = random.chance(0.2) ? { [random.pick(wildTexts).toWellFormed()]: 'x' } : {}
    return { ...wish, query: { ...wish.query, ...query, ...stranger } }
  }

  function withParams(_: Operation, wish: Draft): Draft {
    const params = Object.fromEntries(
      Object.keys(wish.params ?? {}).map((name) => [name, random.pick(wildTexts).toWellFormed()]),
    )
    return {
      ...wish,
      params,
      pathEnd: random.pick(['', '', '/', '//', '/..', `/${encode(random.pick(wildTexts))}`, '%2f']),
    }
  }

  function withHeaders(_: Operation, wish: Draft): Draft {
    const name = random.pick([
      'idempotency-key',
      'if-match',
      'if-none-match',
      'range',
      'if-range',
      'last-event-id',
      'content-type',
      'accept',
      'x-request-id',
      'x-forwarded-for',
      'authorization',
      'cookie',
      'origin',
      'content-length',
      'user-agent',
    ])
    const value = random.pick([
      '',
      '*',
      '"',
      'W/"x"',
      'bytes=0-',
      'bytes=-0',
      'bytes=9999999999999999999-',
      'bytes=1-0,5-6',
      'x'.repeat(300),
      'é',
      '-1',
      'application/json; charset=utf-16',
      'multipart/form-data',
      'multipart/form-data; boundary=',
      'application/x-www-form-urlencoded',
      'Bearer',
      'Bearer hero_',
      'hero.session_token=a.b',
      '127.0.0.1, x',
      '1e9',
    ])
    return { ...wish, headers: { ...wish.headers, [name]: value } }
  }

  const twists: readonly [string, (operation: Operation, wish: Draft) => Draft][] = [
    ['as its row', (_, wish) => wish],
    ['from its schemas', fromSchemas],
    ['a field changed', (_, wish) => (wish.json === undefined ? wish : { ...wish, json: mutate(wish.json, random) })],
    [
      'from its schemas, a field changed',
      (operation, wish) => {
        const draft = fromSchemas(operation, wish)
        return draft.json === undefined ? draft : { ...draft, json: mutate(draft.json, random) }
      },
    ],
    [
      'broken JSON',
      (_, { json, ...wish }) => ({
        ...wish,
        raw: { type: wish.raw?.type ?? 'application/json', body: breakJson(JSON.stringify(json ?? {}), random) },
      }),
    ],
    [
      'another type',
      (_, { json, ...wish }) => ({
        ...wish,
        raw: {
          type: random.pick([
            'text/plain',
            'text/html',
            'application/xml',
            'multipart/form-data; boundary=x',
            'application/x-www-form-urlencoded',
            'image/png',
            'nonsense',
            'application/json',
          ]),
          body: wish.raw?.body ?? JSON.stringify(json ?? {}),
        },
      }),
    ],
    ['query', withQuery],
    ['path', withParams],
    ['headers', withHeaders],
    [
      'another method',
      (_, wish) => ({ ...wish, method: random.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) }),
    ],
  ]

  return function make(operation: Operation, wish: Wish, headers: Readonly<Record<string, string>>): FuzzRequest {
    const names: string[] = []
    let draft: Draft = wish
    for (let count = 1 + random.below(2); count > 0; count -= 1) {
      const [name, twist] = random.pickSome(twists) ?? ['as its row', (_: Operation, same: Draft) => same]
      names.push(name)
      draft = twist(operation, draft)
    }
    const init = toInit(operation, draft, headers)
    const method = draft.method ?? operation.method
    const { body, ...bodiless } = init
    const isBodiless = method === 'GET' || method === 'HEAD' || body === undefined
    return {
      path: `${toPath(operation, draft)}${draft.pathEnd ?? ''}`,
      init: { ...(isBodiless ? bodiless : init), method },
      how: names.join(' + '),
    }
  }
}
