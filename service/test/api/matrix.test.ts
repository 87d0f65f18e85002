/** A2: who may do what, for every operation that the document has. A route without a row in rows.ts fails here, with its name. */
import { scopeNames } from '@hero-image/client/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTokenText, hashToken, toTokenPrefix } from '../../src/auth/token-text.ts'
import { newId } from '../../src/keys/uuid.ts'
import { printCounts } from '../harness/counts.ts'
import { type Operation, operationsOf } from '../harness/document.ts'
import { createTestService, type TestService, testUrl } from '../harness/service.ts'
import { type Actor, createActor } from './makers.ts'
import { type Row, rows, type Wish } from './rows.ts'
import { toInit, toPath } from './send.ts'

const hour = 3_600_000
let hero: TestService
let stranger: Actor
/** Somebody whose account waits to be erased. */
let leaving: Actor
let requests = 0
let held = 0
beforeAll(async () => {
  hero = await createTestService({ settings: { HERO_PAYMENTS: 'fake' } })
  await hero.work()
  stranger = await createActor(hero)
  leaving = await createActor(hero)
  await hero.service.db
    .updateTable('user')
    .set({ erasureDueAt: new Date(hero.clock.now().getTime() + 24 * hour) })
    .where('id', '=', leaving.person.userId)
    .execute()
})
afterAll(() => hero.close())

const operations = await readOperations()

async function readOperations(): Promise<Operation[]> {
  const service = await createTestService({ settings: { HERO_PAYMENTS: 'fake' } })
  try {
    return operationsOf(service.readDocument())
  } finally {
    await service.close()
  }
}

describe('A2', () => {
  test('every operation of the document has a row, and every row an operation', () => {
    const missing = operations
      .filter(({ operationId }) => rows[operationId] === undefined)
      .map(({ operationId, method, path }) => `${operationId} (${method} ${path})`)
    expect(missing, 'Add a row for each of these to service/test/api/rows.ts; its head says how.').toEqual([])
    const ids = operations.map(({ operationId }) => operationId)
    expect(
      Object.keys(rows).filter((id) => !ids.includes(id)),
      'These rows have no operation any more.',
    ).toEqual([])
  })

  test.each(operations)('$operationId: $method $path', async (operation) => {
    const row = rows[operation.operationId]
    if (row === undefined) throw new Error(`Add a row for ${operation.operationId} to service/test/api/rows.ts.`)
    const access = operation['x-access']
    if (access === 'public') await checkPublic(operation, row)
    else if ('scope' in access) await checkScope(operation, row, access.scope)
    else await checkSession(operation, row, access.session)
    held += 1
  })

  test('holds for all of them', () => {
    printCounts('A2', { operations: operations.length, held, requests })
    expect(held).toBe(operations.length)
  })
})

async function checkPublic(operation: Operation, row: Row): Promise<void> {
  const owner = await createActor(hero)
  expectOwn(row, await send(operation, await row.make(owner), {}))
}

async function checkScope(operation: Operation, row: Row, scope: string): Promise<void> {
  const owner = await createActor(hero)
  const wish = await row.make(owner)
  const { userId } = owner.person
  expect(await answerTo(operation, wish, {})).toEqual('401 unauthenticated')
  expect(await answerTo(operation, wish, bearer('hero_nothing'))).toEqual('401 unauthenticated')
  expect(await answerTo(operation, wish, bearer(createTokenText()))).toEqual('401 unauthenticated')
  const past = new Date(hero.clock.now().getTime() - 1)
  const expired = await makeToken(userId, { expires_at: past })
  expect(await answerTo(operation, wish, bearer(expired)), 'an expired token').toEqual('401 unauthenticated')
  const revoked = await makeToken(userId, { revoked_at: past })
  expect(await answerTo(operation, wish, bearer(revoked)), 'a revoked token').toEqual('401 unauthenticated')
  const narrow = await makeToken(userId, { scopes: scopeNames.filter((name) => name !== scope) })
  expect(await answerTo(operation, wish, bearer(narrow)), 'all scopes but one').toEqual('403 missing-scope')
  expect(await answerTo(operation, wish, bearer(leaving.person.token)), 'a deleted user').toEqual('401 unauthenticated')
  expect(await answerTo(operation, wish, cookie(leaving)), 'a deleted user').toEqual('401 unauthenticated')
  await checkOrigin(operation, wish, owner)
  await checkStranger(operation, row, wish, (actor) => bearer(actor.person.token))
  expectOwn(row, await send(operation, wish, bearer(owner.person.token)))
  const again = await createActor(hero)
  expectOwn(row, await send(operation, await row.make(again), cookie(again)))
}

async function checkSession(operation: Operation, row: Row, kind: 'any' | 'fresh'): Promise<void> {
  const owner = await createActor(hero)
  const wish = await row.make(owner)
  expect(await answerTo(operation, wish, origin)).toEqual('401 unauthenticated')
  expect(await answerTo(operation, wish, { ...origin, ...bearer(owner.person.token) }), 'a token').toEqual(
    '403 session-required',
  )
  expect(await answerTo(operation, wish, cookie(leaving)), 'a deleted user').toEqual('401 unauthenticated')
  const expired = await owner.signInAgain()
  await changeSession(expired.sessionId, { expiresAt: new Date(Date.now() - hour) })
  expect(await answerTo(operation, wish, { ...origin, cookie: expired.cookie }), 'an expired session').toEqual(
    '401 unauthenticated',
  )
  const ended = await owner.signInAgain()
  await hero.service.db.deleteFrom('session').where('id', '=', ended.sessionId).execute()
  expect(await answerTo(operation, wish, { ...origin, cookie: ended.cookie }), 'an ended session').toEqual(
    '401 unauthenticated',
  )
  expect(
    await answerTo(operation, wish, { ...origin, cookie: `${owner.browser.cookie.slice(0, -3)}abc` }),
    'a forged cookie',
  ).toEqual('401 unauthenticated')
  if (kind === 'fresh') {
    const old = await owner.signInAgain()
    await changeSession(old.sessionId, { createdAt: new Date(hero.clock.now().getTime() - hour) })
    expect(await answerTo(operation, wish, { ...origin, cookie: old.cookie })).toEqual('403 fresh-session-required')
  }
  await checkOrigin(operation, wish, owner)
  await checkStranger(operation, row, wish, cookie)
  expectOwn(row, await send(operation, wish, cookie(owner)))
}

/** A page of another site has the cookie of its visitor, and no more. */
async function checkOrigin(operation: Operation, wish: Wish, owner: Actor): Promise<void> {
  if (operation.method === 'GET') return
  for (const other of [{}, { origin: 'https://evil.example' }, { origin: 'null' }]) {
    const { origin: _, ...rest } = wish.headers ?? {}
    const headers = { ...other, cookie: owner.browser.cookie }
    expect(await answerTo(operation, { ...wish, headers: rest }, headers), `origin ${other.origin}`).toEqual(
      '403 forbidden-origin',
    )
  }
}

async function checkStranger(
  operation: Operation,
  row: Row,
  wish: Wish,
  asSomebody: (actor: Actor) => Record<string, string>,
): Promise<void> {
  if (row.names === 'object') {
    expect(await answerTo(operation, wish, asSomebody(stranger)), 'another user').toEqual('404 not-found')
    return
  }
  const somebody = await createActor(hero)
  expectOwn(row, await send(operation, await row.make(somebody), asSomebody(somebody)))
}

function expectOwn(row: Row, answer: Answer): void {
  const isFine = row.answers?.includes(answer.status) ?? (answer.status >= 200 && answer.status < 300)
  expect({ ...answer, isFine }, `the owner gets ${row.answers?.join(', ') ?? 'a success'}`).toEqual({
    ...answer,
    isFine: true,
  })
}

interface Answer {
  readonly status: number
  readonly text: string
}

async function send(operation: Operation, wish: Wish, headers: Readonly<Record<string, string>>): Promise<Answer> {
  requests += 1
  const response = await hero.request(toPath(operation, wish), toInit(operation, wish, headers))
  const { status } = response
  if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    await response.body?.cancel()
    return { status, text: '' }
  }
  return { status, text: (await response.text()).slice(0, 500) }
}

async function answerTo(operation: Operation, wish: Wish, headers: Readonly<Record<string, string>>): Promise<string> {
  const { status, text } = await send(operation, wish, headers)
  return `${status} ${/"code":"([^"]+)"/.exec(text)?.[1] ?? text}`
}

const origin = { origin: testUrl }

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}

function cookie(actor: Actor): Record<string, string> {
  return { ...origin, cookie: actor.browser.cookie }
}

async function makeToken(
  userId: string,
  facts: { readonly scopes?: readonly string[]; readonly expires_at?: Date; readonly revoked_at?: Date },
): Promise<string> {
  const text = createTokenText()
  await hero.service.db
    .insertInto('access_token')
    .values({
      id: newId(),
      user_id: userId,
      kind: 'api_key',
      name: 'test',
      prefix: toTokenPrefix(text),
      hash: hashToken(text),
      ...facts,
      scopes: [...(facts.scopes ?? scopeNames)],
    })
    .execute()
  return text
}

async function changeSession(
  id: string,
  change: { readonly expiresAt?: Date; readonly createdAt?: Date },
): Promise<void> {
  await hero.service.db.updateTable('session').set(change).where('id', '=', id).execute()
}
