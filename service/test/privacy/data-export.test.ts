/** Exports of everything about a person. */
import { createHash } from 'node:crypto'
import {
  type DataExportManifest,
  dataExportManifestSchema,
  dataExportPageSchema,
  dataExportSchema,
} from '@hero-image/client/contract'
import { unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { fromWireId } from '../../src/keys/uuid.ts'
import { exportedColumns, exportedTables } from '../../src/privacy/export/rows.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestService, type TestService } from '../harness/service.ts'
import { signIn } from '../harness/sessions.ts'
import { fillEmptyTables } from './fill-empty-tables.ts'
import { runJob, type Seeded, seedPerson, seedSettings } from './seed.ts'

let hero: TestService
let ada: Seeded
beforeAll(async () => {
  hero = await createTestService({ settings: seedSettings })
  ada = await seedPerson(hero, 'ada.privacy@example.org', '203.0.113.77')
  await fillEmptyTables(hero, ada.userId)
})
afterAll(() => hero.close())

interface Unpacked {
  readonly manifest: DataExportManifest
  readonly entries: Readonly<Record<string, Uint8Array>>
  text(path: string): string
}

/** Asks for an export, has it packed, fetches it. */
async function takeExport(userId: string): Promise<Unpacked> {
  const browser = await signIn(hero, { userId })
  const asked = await browser.post('/v1/me/export', {})
  expect(asked.status).toBe(202)
  const { id } = dataExportSchema.parse(await asked.json())
  await runJob(hero, 'data-export', { dataExportId: fromWireId('dataExport', id) ?? '' })
  const list = dataExportPageSchema.parse(await (await browser.request('/v1/me/export')).json())
  expect(list.data[0]).toMatchObject({ id, state: 'ready' })
  const response = await browser.request(`/v1/me/export/${id}/content`)
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="hero-image-.*\.zip"/)
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(list.data[0]?.sha256)
  const entries = unzipSync(bytes)
  const text = (path: string): string => Buffer.from(entries[path] ?? []).toString('utf8')
  return { manifest: dataExportManifestSchema.parse(JSON.parse(text('manifest.json'))), entries, text }
}

test('V1 an export has every row and every file of a person, and its checksums are right', async () => {
  const { db, storage } = hero.service
  const { manifest, entries, text } = await takeExport(ada.userId)
  let rows = 0
  for (const { name, rule } of exportedTables) {
    // She is the only one here: whatever there is, is hers.
    const columns = sql.join(exportedColumns(rule).map((column) => sql.ref(column)))
    const all = await sql<object>`select ${columns} from ${sql.table(name)}`.execute(db)
    const lines = text(`tables/${name}.jsonl`).split('\n').filter(Boolean)
    // Packing wrote its own mail, file and session.
    const since = ['mail_outbox', 'file', 'session', 'audit_event', 'data_export'].includes(name) ? 1 : 0
    expect([name, all.rows.length - lines.length]).toEqual([
      name,
      expect.toSatisfy((n: number) => n >= 0 && n <= since),
    ])
    expect([name, lines.length]).toEqual([name, expect.toSatisfy((n: number) => n > 0)])
    expect(manifest.tables[name]?.rows).toBe(lines.length)
    for (const line of lines) expect(Object.keys(JSON.parse(line))).toEqual(exportedColumns(rule))
    rows += lines.length
  }
  const files = await db.selectFrom('file').selectAll().where('kind', '!=', 'data_export').execute()
  for (const { id, kind, sha256, storage_key } of files) {
    const packed = manifest.files.find(({ path }) => path.startsWith(`files/${kind}/${id}`))
    expect([kind, packed?.sha256]).toEqual([kind, sha256.toString('hex')])
    expect(await storage.head(storage_key)).toMatchObject({ bytes: packed?.bytes })
  }
  expect(manifest.files).toHaveLength(Object.keys(entries).length - 1)
  for (const { path, bytes, sha256 } of manifest.files) {
    const entry = entries[path] ?? new Uint8Array()
    expect([path, entry.length, createHash('sha256').update(entry).digest('hex')]).toEqual([path, bytes, sha256])
  }
  printCounts('V1', { tables: exportedTables.length, rows, files: files.length, checksums: manifest.files.length })
})

/** Routes that write and are not used by the seed, with the reason. */
const unseeded: Readonly<Record<string, string>> = {
  changeProject: 'the name was given when it was made',
  deleteProject: 'the person would have less',
  restoreProject: 'nothing was deleted',
  deleteExport: 'the person would have less',
  signOut: 'the person would be gone',
  resetPassword: 'writes the password, as signing up does',
  changePassword: 'writes the password, as signing up does',
  signInWithProvider: 'needs a provider',
  revokeToken: 'the person would have less',
  revokeOwnToken: 'the person would have less',
  endSession: 'the person would be gone',
  lookUpDevice: 'reads',
  denyDevice: 'writes what approving does',
  createDataExport: 'tested with its job',
  deleteMe: 'tested with its job',
  restoreMe: 'tested by itself',
  quoteGeneration: 'reads',
  cancelGeneration: 'writes a state',
  receiveStripeEvent: 'orders are paid with the fake provider',
  receiveFakeEvent: 'its page does what it does',
  removeAvatar: 'the person would have less',
  verifyEmail: 'writes a state',
  confirmEmail: 'writes the address, as signing up does',
  // Forms of pages: each does what a request of a program does.
  sendVerification: 'verifyEmail',
  askForVerification: 'sendVerificationMail',
  sendEmailChange: 'confirmEmail',
  sendPasswordReset: 'resetPassword',
  askForPasswordReset: 'requestPasswordReset',
  sendRestoration: 'restoreMe',
  sendSignIn: 'signIn',
  sendDeviceCode: 'lookUpDevice',
  sendDeviceDecision: 'approveDevice and denyDevice',
}

test('the seed uses every route that writes, so that what it writes is exported and erased', async () => {
  const { paths } = documentSchema.parse(await hero.readDocument())
  const missing = Object.entries(paths).flatMap(([path, methods]) => {
    const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
    return Object.entries(methods).flatMap(([method, { operationId = '' }]) => {
      const isUsed = [...ada.calls].some((call) => {
        const [usedMethod = '', usedPath = ''] = call.split(' ')
        return usedMethod.toLowerCase() === method && pattern.test(usedPath)
      })
      return method === 'get' || isUsed || Object.hasOwn(unseeded, operationId) ? [] : [operationId]
    })
  })
  expect(missing).toEqual([])
})

const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string().optional() }))),
})

test('it has what the person wrote, and nothing that would let anybody in', async () => {
  const { entries } = await takeExport(ada.userId)
  const all = Object.entries(entries)
    .filter(([path]) => path.endsWith('.jsonl'))
    .map(([, bytes]) => Buffer.from(bytes).toString('utf8'))
    .join('\n')
  for (const word of ['name', 'email', 'project', 'prompt', 'subject', 'message', 'answer', 'fileName', 'tokenName']) {
    expect(all).toContain(ada.needles[word])
  }
  const { rows } = await sql<{ secret: string }>`
    select token as secret from session union all select password from account where password is not null
    union all select encode(hash, 'hex') from access_token
  `.execute(hero.service.db)
  expect(rows.length).toBeGreaterThan(2)
  for (const { secret } of rows) expect(all).not.toContain(secret)
})

test("somebody else's export has nothing of it, and is nobody else's", async () => {
  const bob = await hero.createPerson()
  const { entries } = await takeExport(bob.userId)
  const all = Object.values(entries)
    .map((bytes) => Buffer.from(bytes).toString('utf8'))
    .join('\n')
  expect(all).toContain(bob.userId)
  for (const [what, needle] of Object.entries(ada.needles)) expect([what, all.includes(needle)]).toEqual([what, false])

  const eve = await signIn(hero, await hero.createPerson())
  const row = await hero.service.db.selectFrom('data_export').select('id').executeTakeFirstOrThrow()
  expect((await eve.request(`/v1/me/export/dex_${row.id.replaceAll('-', '')}/content`)).status).toBe(404)
  expect((await eve.request('/v1/me/export/nothing/content')).status).toBe(404)
})

test('one at a time, three a day; never with a token', async () => {
  const person = await hero.createPerson()
  const browser = await signIn(hero, person)
  expect((await person.post('/v1/me/export', {})).status).toBe(403)
  expect((await person.request('/v1/me/export')).status).toBe(403)
  const key = { 'idempotency-key': 'one wish' }
  const first = await browser.post('/v1/me/export', {}, key)
  const { id } = dataExportSchema.parse(await first.json())
  expect(dataExportSchema.parse(await (await browser.post('/v1/me/export', {}, key)).json()).id).toBe(id)
  expect((await browser.post('/v1/me/export', {})).status).toBe(409)
  expect((await browser.request(`/v1/me/export/${id}/content`)).status).toBe(404)
  await hero.service.db.updateTable('data_export').set({ state: 'failed' }).execute()
  expect((await browser.post('/v1/me/export', {})).status).toBe(202)
  await hero.service.db.updateTable('data_export').set({ state: 'failed' }).execute()
  expect((await browser.post('/v1/me/export', {})).status).toBe(202)
  await hero.service.db.updateTable('data_export').set({ state: 'failed' }).execute()
  expect((await browser.post('/v1/me/export', {})).status).toBe(429)
})

test('a file that is lost does not keep the others', async () => {
  const person = await hero.createPerson()
  await hero.service.db
    .insertInto('file')
    .values({
      id: '00000000-0000-7000-8000-000000000001',
      user_id: person.userId,
      kind: 'source',
      sha256: Buffer.alloc(32),
      bytes: 1,
      media_type: 'image/png',
      storage_key: 'files/lost',
    })
    .execute()
  const { manifest } = await takeExport(person.userId)
  expect(manifest.not_included).toHaveProperty('files/00000000-0000-7000-8000-000000000001')
  expect(hero.logLines.some((line) => line.includes('not in storage'))).toBe(true)
})
