/** What other parts use: sessions of tests, mails, limits, the security log. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { recordAudit } from '../../src/accounts/audit.ts'
import { requireRoom, takeOne } from '../../src/limits/bucket.ts'
import { mailJobs, postMail } from '../../src/mail/outbox.ts'
import { createTestService, type TestService, testAddressHeader } from '../harness/service.ts'

let hero: TestService
beforeAll(async () => {
  hero = await createTestService({ settings: { HERO_REQUESTS_PER_MINUTE: '50' } })
})
afterAll(() => hero.close())

const mail = { to: 'ada@example.org', subject: 'Hello', text: 'A secret link.' }

test('a mail that was rolled back is not sent; one that was committed lies sealed and leaves once', async () => {
  const { service } = hero
  await expect(
    service.db.transaction().execute(async (trx) => {
      await postMail(service, trx, { ...mail, subject: 'Never' })
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  await service.db.transaction().execute((trx) => postMail(service, trx, mail))
  const rows = await service.db.selectFrom('mail_outbox').selectAll().execute()
  expect(rows).toHaveLength(1)
  expect(rows[0]?.sealed.toString('latin1')).not.toContain('secret link')

  await hero.work()
  const folder = join(service.settings.HERO_DATA_DIR, 'mails')
  await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(1), { timeout: 20_000 })
  const [name = ''] = await readdir(folder)
  expect(await readFile(join(folder, name), 'utf8')).toContain('A secret link.')
  await vi.waitFor(async () => expect(await service.db.selectFrom('mail_outbox').selectAll().execute()).toEqual([]))
})

test('a mail server that is away costs no mail', async () => {
  const { service } = hero
  const { mail: send } = mailJobs({
    ...service,
    mailer: { send: () => Promise.reject(new Error('away')) },
  })
  await service.db
    .transaction()
    .execute((trx) => postMail({ ...service, queue: { ...service.queue, send: async () => undefined } }, trx, mail))
  const { id } = await service.db.selectFrom('mail_outbox').select('id').executeTakeFirstOrThrow()
  const job = { id, data: { mailId: id }, retries: 0, isLast: false, signal: AbortSignal.timeout(1000) }
  await expect(send?.(job)).rejects.toThrow('away')
  expect(await service.db.selectFrom('mail_outbox').select('id').execute()).toEqual([{ id }])
  await mailJobs(service).mail?.(job)
  expect(await service.db.selectFrom('mail_outbox').select('id').execute()).toEqual([])
  await mailJobs(service).mail?.(job)
})

test('requests are limited per sender before anybody is looked up, and told what is left', async () => {
  const from = (address: string): Promise<Response> =>
    hero.request('/v1/nothing', { headers: { [testAddressHeader]: address, authorization: 'Bearer nonsense' } })
  const statuses: number[] = []
  for (let count = 0; count < 51; count += 1) statuses.push((await from('198.51.100.1')).status)
  expect(statuses.filter((status) => status === 404)).toHaveLength(50)
  const refused = await from('198.51.100.1')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(refused.headers.get('ratelimit-limit')).toBe('50')
  expect((await from('198.51.100.2')).headers.get('ratelimit-remaining')).toBe('49')
})

test('twenty at once never get more than the limit, and what is kept of them says nothing', async () => {
  const { service } = hero
  const limit = { kind: 'test', limit: 5, windowMs: 60_000 }
  const takes = await Promise.all(Array.from({ length: 20 }, () => takeOne(service, service.db, limit, '192.0.2.9')))
  expect(takes.filter(({ allowed }) => allowed)).toHaveLength(5)
  await expect(requireRoom(service, service.db, limit, '192.0.2.9')).rejects.toMatchObject({
    code: 'too-many-requests',
  })
  await requireRoom(service, service.db, limit, '192.0.2.10')
  const rows = await service.db.selectFrom('rate_bucket').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain('192.0.2')
})

test('the security log knows the block of an address, not the address', async () => {
  const { service } = hero
  const { userId } = await hero.createPerson()
  await recordAudit(service.db, { userId, action: 'signed-in', address: '192.0.2.77', at: service.clock.now() })
  const event = await service.db.selectFrom('audit_event').selectAll().executeTakeFirstOrThrow()
  expect(event).toMatchObject({ action: 'signed-in', address_block: '192.0.2.0/24' })
})
