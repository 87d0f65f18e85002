/** A whole service for a test: its own database, files, mails and clock; requests go straight into the app. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Scope, scopeNames } from '@hero-image/client/contract'
import { createTokenText, hashToken, toTokenPrefix } from '../../src/auth/token-text.ts'
import type { Database } from '../../src/database/open.ts'
import { createApp } from '../../src/http/app.ts'
import { describe } from '../../src/http/document.ts'
import { newId } from '../../src/keys/uuid.ts'
import { createLog } from '../../src/log/log.ts'
import { createParts, jobsOf, type Part, routesOf } from '../../src/parts.ts'
import type { Service } from '../../src/service.ts'
import { readSettings } from '../../src/settings/read.ts'
import { openService } from '../../src/start.ts'
import { createAnswerCheck } from './check-answer.ts'
import { createTestClock, type TestClock } from './clock.ts'
import { createTestDatabase } from './database.ts'
import { type OpenApiDocument, readDocument } from './document.ts'

/** A person of a test, with a token. */
export interface Person {
  readonly userId: string
  readonly token: string
  /** Sends a request as this person. */
  request(path: string, init?: RequestInit): Promise<Response>
  /** Sends JSON as this person, with an Idempotency-Key of its own unless one is given. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
}

/** A service under test. */
export interface TestService {
  readonly service: Service
  readonly clock: TestClock
  /** Lines of the log, as written. */
  readonly logLines: readonly string[]
  readonly parts: readonly Part[]
  /** The OpenAPI document that it publishes. */
  readDocument(): OpenApiDocument
  /** Sends a request, and fails when the answer does not fit the document. */
  request(path: string, init?: RequestInit): Promise<Response>
  /** Makes a verified person, with a token that may do everything, or the given. */
  createPerson(options?: { readonly scopes?: readonly Scope[]; readonly email?: string }): Promise<Person>
  /** Begins to do jobs. */
  work(): Promise<void>
  close(): Promise<void>
}

/** What a test wants otherwise. */
export interface TestServiceOptions {
  readonly settings?: Readonly<Record<string, string>>
  readonly database?: Database
}

/** Header by which tests say where a request comes from. */
export const testAddressHeader = 'x-test-address'

/** Where the service believes to be. */
export const testUrl = 'http://hero.test'

/** Opens a service. */
export async function createTestService({ settings = {}, database }: TestServiceOptions = {}): Promise<TestService> {
  const folder = await mkdtemp(join(tmpdir(), 'hero-service-'))
  const clock = createTestClock()
  const logLines: string[] = []
  const open = await openService(
    readSettings({
      HERO_DATA_DIR: folder,
      HERO_SECRET: 'a secret of tests, and of nothing else',
      HERO_DRAIN_SECONDS: '5',
      // The clock of tests stands still, so a minute of theirs has no end.
      HERO_REQUESTS_PER_MINUTE: '1000000',
      ...settings,
    }),
    {
      database: database ?? (await createTestDatabase()),
      clock,
      log: createLog('debug', { write: (line) => void logLines.push(line) }),
      publicUrl: testUrl,
    },
  )
  const { service } = open
  const parts = createParts(service)
  const app = createApp({
    service,
    addressOf: (c) => c.req.header(testAddressHeader) ?? '192.0.2.1',
    routes: routesOf(parts),
  })
  const checkAnswer = createAnswerCheck(() => readDocument(describe(app, testUrl)))
  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await app.request(`${testUrl}${path}`, init)
    const method = (init.method ?? 'GET').toUpperCase()
    await checkAnswer({ method, path: new URL(path, testUrl).pathname, response })
    return response
  }

  return {
    service,
    clock,
    logLines,
    parts,
    readDocument: () => readDocument(describe(app, testUrl)),
    request,
    async createPerson({ scopes = scopeNames, email } = {}) {
      const userId = newId()
      const token = createTokenText()
      await service.db
        .insertInto('user')
        .values({
          id: userId,
          name: `Person ${userId.slice(-4)}`,
          email: email ?? `${userId}@example.org`,
          emailVerified: true,
          ageConfirmedAt: clock.now(),
        })
        .execute()
      await service.db
        .insertInto('access_token')
        .values({
          id: newId(),
          user_id: userId,
          kind: 'api_key',
          name: 'test',
          prefix: toTokenPrefix(token),
          hash: hashToken(token),
          scopes: [...scopes],
        })
        .execute()
      const asPerson = (path: string, init: RequestInit = {}): Promise<Response> => {
        const headers = new Headers(init.headers)
        headers.set('authorization', `Bearer ${token}`)
        return request(path, { ...init, headers })
      }
      return {
        userId,
        token,
        request: asPerson,
        post: (path, body, headers = {}) =>
          asPerson(path, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'idempotency-key': newId(), ...headers },
            body: JSON.stringify(body),
          }),
      }
    },
    work: () => service.queue.work(jobsOf(parts)),
    async close() {
      await open.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
