/** Support: every message leaves as a mail, every answer is kept. */
import { ticketPageSchema, ticketWithMessagesSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId, toWireId } from '../../src/keys/uuid.ts'
import type { Mail } from '../../src/mail/mail.ts'
import { openMail } from '../../src/mail/seal.ts'
import { runSupport } from '../../src/support/command.ts'
import { createTestService, type TestService } from '../harness/service.ts'

let hero: TestService
beforeAll(async () => {
  hero = await createTestService()
})
afterAll(() => hero.close())

const noInput = async (): Promise<string> => ''

async function mailsTo(address: string): Promise<Mail[]> {
  const { db, secret } = hero.service
  const rows = await db.selectFrom('mail_outbox').selectAll().orderBy('id').execute()
  return rows.map(({ id, sealed }) => openMail(secret, id, sealed)).filter(({ to }) => to === address)
}

async function addFile(userId: string, kind: 'attachment' | 'source'): Promise<string> {
  const id = newId()
  await hero.service.db
    .insertInto('file')
    .values({
      id,
      user_id: userId,
      project_id: null,
      kind,
      name: 'screen.png',
      sha256: Buffer.alloc(32),
      bytes: 3,
      media_type: 'image/png',
      width: 1,
      height: 1,
      storage_key: `test/${id}`,
      deleted_at: null,
    })
    .execute()
  await hero.service.storage.put(`test/${id}`, Buffer.from('png'), { bytes: 3, mediaType: 'image/png' })
  return toWireId('upload', id)
}

test('a message goes to support with a reference and the address of the person', async () => {
  const ada = await hero.createPerson()
  const upload = await addFile(ada.userId, 'attachment')
  const response = await ada.post('/v1/support', {
    subject: 'Faces',
    body: 'A face is cut off.',
    attachments: [upload],
  })
  expect(response.status).toBe(201)
  const ticket = ticketWithMessagesSchema.parse(await response.json())
  expect(ticket).toMatchObject({ subject: 'Faces', state: 'open' })
  expect(ticket.messages).toMatchObject([
    { author: 'person', body: 'A face is cut off.', attachments: [{ id: upload, name: 'screen.png', bytes: 3 }] },
  ])
  const mails = await mailsTo('support@localhost')
  expect(mails).toMatchObject([{ replyTo: `${ada.userId}@example.org`, subject: `Faces [${ticket.id}]` }])
  expect(mails[0]?.text).toContain('A face is cut off.')
  expect(mails[0]?.text).toContain('screen.png')
})

test('an answer reaches the person by mail and is kept with the ticket', async () => {
  const ada = await hero.createPerson()
  const created = await ada.post('/v1/support', { subject: 'Credits', body: 'Where are they?' })
  const { id } = ticketWithMessagesSchema.parse(await created.json())
  expect(await runSupport(hero.service, ['list'], noInput)).toContain(id)
  expect(await runSupport(hero.service, ['show', id], noInput)).toContain('Where are they?')
  await runSupport(hero.service, ['answer', id], async () => 'They are back.\n')
  expect(await mailsTo(`${ada.userId}@example.org`)).toMatchObject([
    { subject: `Re: Credits [${id}]`, replyTo: 'support@localhost', text: expect.stringContaining('They are back.') },
  ])
  const read = await ada.request(`/v1/support/${id}`)
  expect(await read.json()).toMatchObject({
    state: 'answered',
    messages: [{ author: 'person' }, { author: 'staff', body: 'They are back.' }],
  })
  expect(await runSupport(hero.service, ['list'], noInput)).not.toContain(id)

  const more = await ada.post(`/v1/support/${id}/messages`, { body: 'Thanks!' })
  expect(more.status).toBe(201)
  expect(ticketPageSchema.parse(await (await ada.request('/v1/support')).json()).data).toMatchObject([
    { id, state: 'open' },
  ])
})

test('an answer that is empty, or to nothing, is refused', async () => {
  await expect(runSupport(hero.service, ['answer', 'tkt_x'], noInput)).rejects.toThrow('empty')
  await expect(runSupport(hero.service, ['answer', 'tkt_x'], async () => 'Hi')).rejects.toThrow('no ticket')
  expect(await runSupport(hero.service, ['answer'], noInput)).toBeUndefined()
})

test('attachments are written under names of ours', async () => {
  const ada = await hero.createPerson()
  const upload = await addFile(ada.userId, 'attachment')
  const created = await ada.post('/v1/support', { subject: 'A', body: 'B', attachments: [upload, upload] })
  const { id } = ticketWithMessagesSchema.parse(await created.json())
  const folder = `${hero.service.settings.HERO_DATA_DIR}/attachments`
  expect(await runSupport(hero.service, ['attachments', id, folder], noInput)).toBe(`${folder}/${upload}.png\n`)
})

test("somebody else's ticket is not there", async () => {
  const [ada, bob] = [await hero.createPerson(), await hero.createPerson()]
  const created = await ada.post('/v1/support', { subject: 'A', body: 'B' })
  const { id } = ticketWithMessagesSchema.parse(await created.json())
  expect((await bob.request(`/v1/support/${id}`)).status).toBe(404)
  expect((await bob.post(`/v1/support/${id}/messages`, { body: 'C' })).status).toBe(404)
  expect((await ada.request('/v1/support/nothing')).status).toBe(404)
  expect(await (await bob.request('/v1/support')).json()).toEqual({ data: [], next_cursor: null })
})

test('what cannot be is told with a pointer, and nothing is written', async () => {
  const [ada, bob] = [await hero.createPerson(), await hero.createPerson()]
  const wrong: [object, string][] = [
    [{ subject: 'A' }, '/body'],
    [{ subject: 'A\r\nBcc: x', body: 'B' }, '/subject'],
    [{ subject: ' ', body: 'B' }, '/subject'],
    [{ subject: 'A', body: 'B', urgent: true }, '/urgent'],
    [{ subject: 'A', body: 'B', attachments: [await addFile(bob.userId, 'attachment')] }, '/attachments/0'],
    [{ subject: 'A', body: 'B', attachments: [await addFile(ada.userId, 'source')] }, '/attachments/0'],
  ]
  for (const [body, pointer] of wrong) {
    const response = await ada.post('/v1/support', body)
    expect(await response.json()).toMatchObject({ status: 422, errors: [{ pointer }] })
  }
  expect(await (await ada.request('/v1/support')).json()).toEqual({ data: [], next_cursor: null })
})

test('messages of a day have an end', async () => {
  const ada = await hero.createPerson()
  const created = await ada.post('/v1/support', { subject: 'A', body: 'B' })
  const { id } = ticketWithMessagesSchema.parse(await created.json())
  const more = Array.from({ length: 25 }, () => ada.post(`/v1/support/${id}/messages`, { body: 'C' }))
  const statuses = (await Promise.all(more)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 201)).toHaveLength(19)
  expect(statuses.filter((status) => status === 429)).toHaveLength(6)
  expect((await ada.post('/v1/support', { subject: 'A', body: 'B' })).status).toBe(429)
  hero.clock.advance(86_400_000)
  expect((await ada.post('/v1/support', { subject: 'A', body: 'B' })).status).toBe(201)
})

test('what people write cannot steer the terminal of whoever reads it', async () => {
  const ada = await hero.createPerson()
  await hero.service.db
    .updateTable('user')
    .set({ name: 'Ada\u001b[2J\nStaff <staff@hero.test>' })
    .where('id', '=', ada.userId)
    .execute()
  const body = 'Two\n\tlines \u001b]52;c;cm0gLXJmIC8=\u0007 \u009b31m and \u202eback.\r'
  const created = await ada.post('/v1/support', { subject: 'Hello', body: `${body}.` })
  const { id } = ticketWithMessagesSchema.parse(await created.json())
  const shown = (await runSupport(hero.service, ['show', id], noInput)) ?? ''
  expect(shown).toContain('Two\n\tlines ')
  expect(shown.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
  // A name stays in its line.
  expect(shown).not.toMatch(/^Staff/m)
  expect((await mailsTo('support@localhost')).at(-1)?.text).not.toMatch(/^Staff/m)
})
