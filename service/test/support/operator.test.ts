/** The commands of operators, as processes beside a running service. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ticketWithMessagesSchema } from '@hero-image/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageFolder } from '../../src/package-folder.ts'
import { createTestDatabase, type TestDatabase } from '../harness/database.ts'
import { takeMails } from '../harness/mails.ts'
import { createTestService, type TestService } from '../harness/service.ts'

let hero: TestService
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  hero = await createTestService({ database })
})
afterAll(() => hero.close())

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function operate(words: readonly string[], input = ''): Promise<Ended> {
  const { settings, secret } = hero.service
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: database.url,
    HERO_SECRET: secret,
    HERO_DATA_DIR: settings.HERO_DATA_DIR,
  }
  const node = ['--conditions=@hero-image/source', 'src/operator.ts', ...words]
  const running = promisify(execFile)(process.execPath, node, { cwd: packageFolder, env })
  running.child.stdin?.end(input)
  return running.then(
    (output) => ({ code: 0, ...output }),
    (error: Ended) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  )
}

test('an answer from the command line reaches the person', async () => {
  const ada = await hero.createPerson()
  const created = await ada.post('/v1/support', { subject: 'Hello', body: 'Is anybody there?' })
  const { id } = ticketWithMessagesSchema.parse(await created.json())
  await takeMails(hero)
  expect(await operate(['support', 'answer', id], 'We are.\n')).toEqual({
    code: 0,
    stdout: `Answered ${id}.\n`,
    stderr: '',
  })
  expect(await takeMails(hero)).toMatchObject([{ to: `${ada.userId}@example.org`, subject: `Re: Hello [${id}]` }])
})

test('what makes no sense is told, with the exit code 2; what fails, with 1', async () => {
  const [unknown, wrong, failing, empty] = await Promise.all([
    operate(['suport']),
    operate(['analytics', 'often']),
    operate(['support', 'answer', 'tkt_none'], 'Hi'),
    operate(['erasures', 'list']),
  ])
  expect([unknown.code, wrong.code, failing.code, empty]).toEqual([2, 2, 1, { code: 0, stdout: '', stderr: '' }])
  expect(unknown.stderr).toMatch(/^Usage:\n {2}support /)
  expect(wrong.stderr).toBe(unknown.stderr)
  expect(failing.stderr).toBe('There is no ticket tkt_none.\n')
})
