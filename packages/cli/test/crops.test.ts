import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { makeProject, run } from './fixtures/command.ts'
import { colourAt, makePhoto } from './fixtures/photo.ts'

const photo = await makePhoto()
// The focus puts every crop at the right edge, however the engine places crops of its own accord.
const config = `export default { detector: 'none', photos: { '*.jpg': { focus: { x: 1, y: 0.5 } } },
  presets: { p: { crops: { square: { ratio: '1:1' } } } } }`
const pin = '1:1 focus=1,0.5'

/** A project that imports `a.jpg` as `?hero=p`. */
const project = (files: Readonly<Record<string, string | Uint8Array>> = {}): string =>
  makeProject({
    'a.jpg': photo,
    'hero.config.ts': config,
    'src/page.js': "import a from '../a.jpg?hero=p'\n",
    ...files,
  })

const lockOf = (root: string): string => readFileSync(join(root, 'hero.lock.json'), 'utf8')

/** Moves the pinned square to the left edge, as an update of the engine would move the computed one away from the pinned one. */
function movePin(root: string): void {
  const moved = lockOf(root).replace(/"x": [\d.]+/, '"x": 0')
  writeFileSync(join(root, 'hero.lock.json'), moved)
}

const square = async (root: string): Promise<{ by: string; rect: { left: number } }> => {
  const { out } = await run(root, ['inspect', 'a.jpg', '--preset', 'p', '--json'])
  const { crops }: { crops: [{ by: string; rect: { left: number } }] } = JSON.parse(out)
  return crops[0]
}

describe('crops lock', () => {
  test('pins what the project imports; a pinned crop is used', async () => {
    const root = project()
    const before = await square(root)
    expect(before.by).not.toBe('lock')
    const { code, err } = await run(root, ['crops', 'lock'])
    expect({ code, err }).toEqual({ code: 0, err: '1 crop pinned, 1 photo looked at\n' })
    expect(JSON.parse(lockOf(root))).toMatchObject({
      version: 1,
      crops: { 'a.jpg': { crops: { [pin]: { x: 0.25, y: 0, width: 0.75, height: 1, by: 'focus' } } } },
    })
    expect(await square(root)).toMatchObject({ by: 'lock', rect: before.rect })
  })

  test('adds crops and moves none', async () => {
    const root = project()
    await run(root, ['crops', 'lock'])
    movePin(root)
    const { code, out, err } = await run(root, ['crops', 'lock', 'a.jpg', '--preset', 'hero'])
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(err).toContain('3 crops pinned')
    expect(JSON.parse(lockOf(root)).crops['a.jpg'].crops).toMatchObject({
      [pin]: { x: 0 },
      '2:1 focus=1,0.5': {},
    })
    expect((await square(root)).rect.left).toBe(0)
  })

  test('of named photos that nothing imports pins every preset', async () => {
    const root = project({ 'src/page.js': '' })
    await run(root, ['crops', 'lock', '*.jpg'])
    expect(Object.keys(JSON.parse(lockOf(root)).crops['a.jpg'].crops)).toEqual(
      ['1:1', '2:1', '3:2', '40:21', '4:5'].map((ratio) => `${ratio} focus=1,0.5`),
    )
  })

  test('without photos says what to do', async () => {
    const { code, err } = await run(project({ 'src/page.js': '' }), ['crops', 'lock'])
    expect(code).toBe(1)
    expect(err).toContain("hero-image crops lock 'photos/*.jpg'")
  })

  test('of several processes at once loses nothing', async () => {
    const root = project({ 'b.jpg': await makePhoto('#884422'), 'c.jpg': await makePhoto('#228844') })
    const ends = await Promise.all(['a.jpg', 'b.jpg', 'c.jpg'].map((name) => run(root, ['crops', 'lock', name])))
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(Object.keys(JSON.parse(lockOf(root)).crops)).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
  })
})

describe('crops lock --check', () => {
  test('passes while all is as pinned, and fails when something is not pinned', async () => {
    const root = project()
    expect((await run(root, ['crops', 'lock', '--check'])).err).toContain('Pin them: hero-image crops lock.')
    expect(existsSync(join(root, 'hero.lock.json'))).toBe(false)
    await run(root, ['crops', 'lock'])
    const { code, err } = await run(root, ['crops', 'lock', '--check'])
    expect({ code, err }).toEqual({ code: 0, err: '1 photo: all crops are as pinned\n' })
  })

  test('of a photo that was named and is imported by code asks for nothing but what was pinned', async () => {
    const root = project({ 'src/page.js': "import.meta.glob('../*.jpg', { query: '?hero=p' })\n" })
    await run(root, ['crops', 'lock', 'a.jpg', '--preset', 'p'])
    const before = lockOf(root)
    expect(await run(root, ['crops', 'lock', '--check'])).toMatchObject({ code: 0, out: '' })
    await run(root, ['crops', 'lock'])
    expect(lockOf(root)).toBe(before)
    movePin(root)
    expect((await run(root, ['crops', 'lock', '--check'])).out).toContain('placed otherwise than pinned')
  })

  test('fails when a crop would lie elsewhere, and writes nothing', async () => {
    const root = project()
    await run(root, ['crops', 'lock'])
    movePin(root)
    const text = lockOf(root)
    const { code, out, err } = await run(root, ['crops', 'lock', '--check'])
    expect(code).toBe(1)
    expect(out).toMatch(/^a\.jpg: placed otherwise than pinned\n.*\n {2}1:1 focus=1,0\.5 .* %/)
    expect(err).toContain('HERO_LOCK_DIFFERS hero.lock.json')
    expect(lockOf(root)).toBe(text)
  })

  test('tells the same as JSON', async () => {
    const root = project()
    await run(root, ['crops', 'lock'])
    movePin(root)
    const { code, out } = await run(root, ['crops', 'lock', '--check', '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      written: false,
      photos: [{ path: 'a.jpg', state: 'moved', crops: [{ pin, before: { x: 0 }, shift: expect.any(Number) }] }],
    })
  })
})

describe('crops accept', () => {
  test('shows before and after, draws them, and writes only when told to', async () => {
    const root = project()
    await run(root, ['crops', 'lock'])
    const accepted = lockOf(root)
    movePin(root)
    const shown = await run(root, ['crops', 'accept', '--preview', 'sheets'])
    expect(shown.code).toBe(2)
    expect(shown.err).toContain('Say --yes')
    expect(shown.out).toMatch(/1:1 focus=1,0\.5 +0,0 to 0\.75,1 +0\.25,0 to 1,1 +25 % /)
    const sheet = join(root, 'sheets/a.jpg.jpg')
    expect(await sharp(sheet).metadata()).toMatchObject({ format: 'jpeg', width: 688 })
    // The red square: at the right edge of the pinned crop, farther to the left in the computed one beside it.
    const isRed = async (left: number): Promise<boolean> => {
      const [red = 0, , blue = 0] = await colourAt(sheet, left, 173)
      return red - blue > 100
    }
    expect([await isRed(322), await isRed(256), await isRed(565), await isRed(510)]).toEqual([true, false, true, false])
    expect((await run(root, ['crops', 'accept', '--yes'])).code).toBe(0)
    expect(lockOf(root)).toBe(accepted)
    expect((await run(root, ['crops', 'accept'])).err).toContain('nothing to accept')
  })

  test('of a changed photo: until then its crops are placed anew, and the build says so', async () => {
    const root = project()
    await run(root, ['crops', 'lock'])
    writeFileSync(join(root, 'a.jpg'), await makePhoto('#884422'))
    const inspected = await run(root, ['inspect', 'a.jpg', '--preset', 'p'])
    expect(inspected.out).toContain('hero.lock.json pins crops of an earlier version of this photo')
    const { code, out } = await run(root, ['crops', 'accept', '--yes'])
    expect(code).toBe(0)
    expect(out).toContain('a.jpg: pinned for an earlier version of this photo')
    expect((await square(root)).by).toBe('lock')
  })

  test('forgets photos that are gone', async () => {
    const root = project({ 'b.jpg': await makePhoto('#884422') })
    await run(root, ['crops', 'lock', 'a.jpg', 'b.jpg'])
    rmSync(join(root, 'b.jpg'))
    expect((await run(root, ['crops', 'lock', '--check'])).out).toContain('b.jpg: pinned, but there is no such photo')
    await run(root, ['crops', 'accept', '--yes'])
    expect(Object.keys(JSON.parse(lockOf(root)).crops)).toEqual(['a.jpg'])
  })
})

test('another detector than the pinned one is refused in read-only mode, both named', async () => {
  const root = project()
  await run(root, ['crops', 'lock'])
  writeFileSync(join(root, 'hero.lock.json'), lockOf(root).replace('"none, ', '"faces 1, '))
  expect((await run(root, ['inspect', 'a.jpg'])).code).toBe(0)
  writeFileSync(join(root, 'hero.config.ts'), config.replace('{', "{ cache: { mode: 'read-only' }, "))
  const { code, err } = await run(root, ['inspect', 'a.jpg'])
  expect(code).toBe(1)
  expect(err).toMatch(/HERO_LOCK_DIFFERS a\.jpg\n.*'none'.*'faces'/)
})

test('a broken lock names its path and what to do', async () => {
  const root = project({ 'hero.lock.json': '<<<<<<< ours\n' })
  for (const args of [
    ['crops', 'lock'],
    ['inspect', 'a.jpg'],
  ]) {
    const { code, err } = await run(root, args)
    expect(code).toBe(1)
    expect(err).toMatch(/HERO_INVALID_LOCK hero\.lock\.json\n.*\n.*hero-image crops lock/)
  }
})
