/** `hero-image studio`: the page over the sources of a project, on this machine only. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ended, makeProject, run, startCommand } from './fixtures/command.ts'
import { makePhoto } from './fixtures/photo.ts'

const photo = await makePhoto()

/** Starts it and gives the address that it prints. */
async function start(root: string, args: readonly string[]): Promise<string> {
  const child = startCommand(root, ['studio', ...args])
  const over = ended(child)
  onTestFinished(async () => {
    child.kill('SIGTERM')
    expect((await over).code).toBe(130)
  })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  child.stdout?.on('data', (text) => {
    const url = /http:\/\/\S+\//.exec(String(text))?.[0]
    if (url !== undefined) resolve(url)
  })
  over.then(({ err }) => reject(new Error(err)), reject)
  return promise
}

const readJson = async (url: string): Promise<unknown> => (await fetch(url)).json()

test('lists what the sources mention with the presets of the config, and saves beside the photo', async () => {
  const root = makeProject({
    'src/a.jpg': photo,
    'hero.config.ts': "export default { presets: { card: { crops: { card: { ratio: '1:1' } } } } }",
    'src/page.tsx': "import a from '@/a.jpg?hero=card'",
    '.gitignore': '/made\n',
    'made/page.js': "import a from '../src/a.jpg?hero'",
  })
  const url = await start(root, ['--port', '0'])
  const list = await readJson(`${url}api/photos`)
  expect(list).toMatchObject({
    photos: [{ path: 'src/a.jpg', uses: [{ query: 'hero=card', importers: ['src/page.tsx'], loaded: false }] }],
    missing: [],
  })
  const details = await readJson(`${url}api/photo?photo=src/a.jpg`)
  expect(details).toMatchObject({ uses: [{ crops: [{ name: 'card', ratio: 1 }] }], version: 'none' })
  const token = /hero-token" content="([^"]+)/.exec(await (await fetch(url)).text())?.[1] ?? ''
  const saved = await fetch(`${url}api/sidecar?photo=src/a.jpg`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin, 'x-hero-token': token },
    body: JSON.stringify({ sidecar: { focus: { x: 0.2, y: 0.5 } }, version: 'none' }),
  })
  expect([saved.status, readFileSync(join(root, 'src/a.jpg.hero.json'), 'utf8')]).toEqual([
    200,
    expect.stringContaining('"focus": { "x": 0.2, "y": 0.5 }'),
  ])
})

test('only this machine reaches it', async () => {
  const url = await start(makeProject(), ['--port', '0'])
  const addresses = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).flatMap(({ address, internal, family }) => (internal || family !== 'IPv4' ? [] : [address])),
  )
  for (const address of addresses) {
    await expect(fetch(url.replace('localhost', address))).rejects.toThrow()
  }
  expect((await fetch(new URL('/', url), { redirect: 'manual' })).headers.get('location')).toBe('/__hero/')
})

test('a port that was asked for and is taken is refused', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void taken.close())
  await new Promise((resolve) => taken.once('listening', resolve))
  const address = taken.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const asked = await run(makeProject(), ['studio', '--port', `${port}`])
  expect([asked.code, asked.err]).toEqual([2, expect.stringContaining(`Port ${port} is taken`)])
})

test.each([
  ['--port', 'http'],
  ['--port', '70000'],
])('%s %s is refused', async (...args) => {
  expect((await run(makeProject(), ['studio', ...args])).code).toBe(2)
})

test('says as JSON where it is', async () => {
  const root = makeProject()
  const child = startCommand(root, ['studio', '--json', '--port', '0'])
  const over = ended(child)
  child.stdout?.once('data', () => child.kill('SIGTERM'))
  expect(JSON.parse((await over).out)).toEqual({ url: expect.stringMatching(/^http:\/\/localhost:\d+\/__hero\/$/) })
})
