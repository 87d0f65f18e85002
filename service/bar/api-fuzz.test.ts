/** A5: requests of all kinds, for every operation of the document: whatever comes, the service has a word for it, and it is never that something went wrong inside. */
import { expect, test } from 'vitest'
import { type Actor, createActor } from '../test/api/makers.ts'
import { rows, type Wish } from '../test/api/rows.ts'
import { printCounts } from '../test/harness/counts.ts'
import { type Operation, operationsOf } from '../test/harness/document.ts'
import { createTestService, testUrl } from '../test/harness/service.ts'
import { createRandom } from './api-fuzz/random.ts'
import { createRequests, type FuzzRequest } from './api-fuzz/requests.ts'

const seed = Number(process.env.HERO_FUZZ_SEED ?? 20_261_128)
const total = Number(process.env.HERO_FUZZ_REQUESTS ?? 5000)
/** A person for so many requests: some of them end sessions, tokens and accounts. */
const perPerson = 40

/** These wait for jobs; without a worker the object is there, and its content is not. */
const insteadOf: Readonly<Record<string, string>> = {
  getExportContent: 'getExport',
  getGenerationContent: 'getGeneration',
  getDataExportContent: 'listDataExports',
}

test(`A5 ${total} requests with seed ${seed}: 0 × 5xx, and every answer fits the document`, async () => {
  const hero = await createTestService({ settings: { HERO_PAYMENTS: 'fake' } })
  const document = hero.readDocument()
  const operations = operationsOf(document)
  const random = createRandom(seed)
  const makeRequest = createRequests(document, random)
  const failures: string[] = []
  const statuses = new Map<number, number>()
  const asked = new Map<string, number>()
  let unsendable = 0
  let actor = await createActor(hero)
  let wishes = new Map<string, Wish>()

  async function wishFor({ operationId }: Operation): Promise<Wish> {
    const known = wishes.get(operationId)
    if (known !== undefined) return known
    const row = rows[insteadOf[operationId] ?? operationId]
    // What is needed may be refused by now, such as a fourth export at once.
    const made = await Promise.resolve(row?.make(actor)).catch(() => undefined)
    const wish = made ?? { params: { id: 'x', ref: 'x', provider: 'x' } }
    wishes.set(operationId, wish)
    return wish
  }

  for (let count = 0; count < total; ) {
    if (count % perPerson === 0) {
      actor = await createActor(hero)
      wishes = new Map()
    }
    const operation = operations[count % operations.length]
    if (operation === undefined) break
    const request = makeRequest(operation, await wishFor(operation), credentials(actor, random.below(10)))
    if (!isSendable(request)) {
      unsendable += 1
      continue
    }
    count += 1
    asked.set(operation.operationId, (asked.get(operation.operationId) ?? 0) + 1)
    const complaint = await hero.request(request.path, request.init).then(
      async (response) => {
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
        const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
        if (isStream) await response.body?.cancel()
        const text = isStream ? '' : await response.text()
        return response.status >= 500 ? `${response.status} ${text}` : undefined
      },
      (error: unknown) => String(error),
    )
    if (complaint !== undefined)
      failures.push(`#${count} ${operation.operationId}, ${request.how}\n${show(request)}\n${complaint}`)
    if (failures.length >= 20) break
  }
  const lines = hero.logLines.filter((line) => line.includes('a request failed')).slice(0, 20)
  await hero.close()
  expect([...failures, ...(failures.length > 0 ? lines : [])].join('\n\n')).toBe('')
  printCounts('A5 fuzz', {
    requests: total,
    operations: asked.size,
    '5xx': 0,
    '2xx': sum(statuses, 2),
    '4xx': sum(statuses, 4),
    'that no client can send': unsendable,
  })
})

function credentials({ person, browser }: Actor, choice: number): Record<string, string> {
  if (choice === 0) return {}
  if (choice <= 5) return { origin: testUrl, cookie: browser.cookie }
  return { authorization: `Bearer ${person.token}` }
}

/** Headers and addresses that no client gets past its own checks. */
function isSendable({ path, init }: FuzzRequest): boolean {
  try {
    new Request(`${testUrl}${path}`, init)
    return true
  } catch {
    return false
  }
}

function show({ path, init }: FuzzRequest): string {
  const body = init.body instanceof Uint8Array ? Buffer.from(init.body).toString('base64') : String(init.body ?? '')
  return `${init.method} ${path.slice(0, 500)}\n${JSON.stringify(init.headers).slice(0, 600)}\n${body.slice(0, 800)}`
}

function sum(statuses: ReadonlyMap<number, number>, hundred: number): number {
  return [...statuses].reduce((total, [status, count]) => total + (Math.floor(status / 100) === hundred ? count : 0), 0)
}
