import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeProject, run } from './fixtures/command.ts'
import { makePhoto } from './fixtures/photo.ts'

const photo = await makePhoto()

async function filledProject(): Promise<string> {
  const root = makeProject({ 'a.jpg': photo, 'hero.config.ts': "export default { cache: { dir: 'kept' } }" })
  await run(root, ['crop', 'a.jpg', '--formats', 'webp', '--silent'])
  return root
}

test('stats counts what the folder of the config holds', async () => {
  const root = await filledProject()
  const [text, json] = await Promise.all([run(root, ['cache', 'stats']), run(root, ['cache', 'stats', '--json'])])
  expect(text.out).toMatch(/folder +kept\nvariants +3 files/)
  expect(JSON.parse(json.out)).toMatchObject({
    dir: join(root, 'kept'),
    rooms: { variant: { entries: 3 }, analysis: { entries: 1 }, plan: { entries: 1 } },
  })
})

test('prune removes what was not used for long, or what is too much', async () => {
  const root = await filledProject()
  const variants = join(root, 'kept/v1/variant')
  const [shard = ''] = readdirSync(variants)
  const [entry = ''] = readdirSync(join(variants, shard))
  const long = new Date(Date.now() - 40 * 86_400_000)
  utimesSync(join(variants, shard, entry), long, long)
  const old = await run(root, ['cache', 'prune', '--json'])
  expect(JSON.parse(old.out)).toMatchObject({ removed: { entries: 1 }, kept: { entries: 4 } })
  const rest = await run(root, ['cache', 'prune', '--max-size', '0', '--json'])
  expect(JSON.parse(rest.out)).toMatchObject({ removed: { entries: 4 }, kept: { entries: 0, bytes: 0 } })
})

test('clear empties the folder named, and refuses one with strange files', async () => {
  const root = await filledProject()
  writeFileSync(join(root, 'kept/v1/mine.txt'), 'mine')
  const refused = await run(root, ['cache', 'clear', '--dir', 'kept'])
  expect(refused.code).toBe(1)
  expect(refused.err).toContain('mine.txt')
  rmSync(join(root, 'kept/v1/mine.txt'))
  const { code, out } = await run(root, ['cache', 'clear', '--dir', 'kept'])
  expect(code).toBe(0)
  expect(out).toMatch(/^removed 5 files/)
  expect(readdirSync(join(root, 'kept'))).toEqual([])
})

test('a folder that is not there is an empty cache', async () => {
  const { code, out } = await run(makeProject(), ['cache', 'stats', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ rooms: { variant: { entries: 0, bytes: 0 } } })
})
