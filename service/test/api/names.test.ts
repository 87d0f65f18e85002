/** Names that break lines, hide or turn text around: refused where people give them, with the field at fault; made harmless where a browser or a provider does. */
import { problemSchema, projectSchema } from '@hero-image/client/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, sendUpload, upload } from '../files/send-upload.ts'
import { openBrowser } from '../harness/browser.ts'
import { printCounts } from '../harness/counts.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'

let hero: TestService
let person: Person
let picture: Uint8Array<ArrayBuffer>
beforeAll(async () => {
  hero = await createTestService()
  person = await hero.createPerson()
  picture = new Uint8Array(
    await sharp({ create: { width: 8, height: 8, channels: 3, background: '#468' } })
      .png()
      .toBuffer(),
  )
})
afterAll(() => hero.close())

const bad = ['a\u202egpj.exe', 'a\u2066b', 'a\nb', 'a\u001b[2Jb', 'a\u0085b', 'a\u2028b', '\u200b\u200d']

async function pointersOf(response: Response): Promise<readonly string[]> {
  expect(response.status).toBe(422)
  return (problemSchema.parse(await response.json()).errors ?? []).map(({ pointer }) => pointer)
}

test('are refused for projects, people, tokens, messages and uploads, with their field', async () => {
  const { id } = projectSchema.parse(await (await person.post('/v1/projects', { name: 'Lake' })).json())
  const json = { 'content-type': 'application/json', 'if-match': '*' }
  const patch = (path: string, body: unknown) =>
    person.request(path, { method: 'PATCH', headers: json, body: JSON.stringify(body) })
  let refused = 0
  for (const name of bad) {
    const sent: Record<string, readonly [Response, string]> = {
      'new project': [await person.post('/v1/projects', { name }), '/name'],
      project: [await patch(`/v1/projects/${id}`, { name }), '/name'],
      me: [await patch('/v1/me', { name }), '/name'],
      ticket: [await person.post('/v1/support', { subject: name, body: 'Hello' }), '/subject'],
      upload: [await sendUpload(person, picture, { query: `?name=${encodeURIComponent(name)}` }), '?name'],
      'sign-up': [
        await openBrowser(hero).post('/api/auth/sign-up/email', {
          name,
          email: 'x@example.org',
          password: 'correct horse battery',
          age_confirmed: true,
        }),
        '/name',
      ],
    }
    const form = new FormData()
    form.set('name', name)
    form.set('file', new Blob([picture]), 'a.png')
    sent['field of a form'] = [await sendUpload(person, form, { type: '' }), '/name']
    for (const [what, [response, pointer]] of Object.entries(sent)) {
      expect([what, await pointersOf(response)]).toEqual([what, expect.arrayContaining([pointer])])
      refused += 1
    }
  }
  const files = await hero.service.db.selectFrom('file').select('id').where('user_id', '=', person.userId).execute()
  expect(files).toEqual([])
  printCounts('names', { sent: bad.length * 7, refused })
})

test('a name that the browser gives along with a file is made harmless', async () => {
  const form = new FormData()
  form.set('file', new Blob([picture]), 'photo\u202egnp.exe')
  expect((await upload(person, form, { type: '' })).name).toBe('photognp.exe')
})

test('names of all scripts, with their marks and joined pictures, are taken as they are', async () => {
  for (const name of ['שלום\u200f!', 'می‌خواهم', '👩‍👩‍👧 2026', "O'Neill"]) {
    const response = await person.post('/v1/projects', { name })
    expect(projectSchema.parse(await response.json()).name).toBe(name)
  }
  expect(await codeOf(await person.post('/v1/projects', { name: ' ' }))).toEqual([422, 'invalid-fields'])
})
