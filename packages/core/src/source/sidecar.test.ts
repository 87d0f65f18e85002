import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isHeroError } from '../errors.ts'
import { parseSidecar, readSidecar, sidecarPath, sidecarSource } from './sidecar.ts'

const file = '/photos/hero.jpg.hero.json'
const parse = (value: unknown) => parseSidecar(JSON.stringify(value), file)

function errorOf(text: string): unknown {
  try {
    return parseSidecar(text, file)
  } catch (error) {
    return error
  }
}

test('lies beside its photo', () => {
  expect(sidecarPath('/photos/hero.jpg')).toBe(file)
  expect(sidecarSource(file)).toBe('/photos/hero.jpg')
  expect(sidecarSource('/photos/hero.json')).toBeUndefined()
})

describe('parsing', () => {
  const whole = {
    focus: { x: 0.25, y: 1, width: 0.2, height: 0.4 },
    limits: { x: 0, y: 0, width: 1, height: 0.9 },
    crops: { wide: { x: 0, y: 0.1, width: 1, height: 0.5 }, '16:9': { x: 0, y: 0, width: 1, height: 0.5 } },
    text: { wide: 'left', '4:5': { x: 0, y: 0.6, width: 1, height: 0.4 } },
    zoom: 0.8,
    alt: 'A wren',
    photo: 'ab'.repeat(32),
  }

  test('everything it can say, and nothing', () => {
    expect(parse({ $schema: 'https://example.com/schema.json', ...whole })).toEqual(whole)
    expect(parse({})).toEqual({})
    expect(parseSidecar('\ufeff{"alt":"x"}', file)).toEqual({ alt: 'x' })
  })

  test('sums that rounding pushes a little over the edge', () => {
    expect(() => parse({ crops: { wide: { x: 0.7, y: 0, width: 0.300_000_1, height: 1 } } })).not.toThrow()
  })

  test.each([
    ['', 'not valid JSON'],
    ['{"focus":', 'not valid JSON'],
    ['[]', 'top level'],
    ['null', 'top level'],
    ['{"focus":{"x":2,"y":0}}', 'focus.x'],
    ['{"focus":{"x":0.5}}', 'focus.y'],
    ['{"focus":{"x":0.5,"y":0.5,"z":1}}', 'focus'],
    ['{"crops":{"wide":{"x":0.6,"y":0,"width":0.5,"height":1}}}', 'crops.wide: the rectangle leaves the photo'],
    ['{"crops":{"wide":{"x":0,"y":0,"width":0,"height":1}}}', 'crops.wide.width'],
    ['{"crops":{"99:1":{"x":0,"y":0,"width":1,"height":1}}}', "crops.99:1: expected a ratio such as '16:9'"],
    [
      '{"crops":{"my crop":{"x":0,"y":0,"width":1,"height":1}}}',
      'crops.my crop: expected the name of a crop or a ratio',
    ],
    ['{"limits":{"x":0,"y":0,"width":1}}', 'limits.height'],
    ['{"text":"middle"}', "text: expected 'left', 'right'"],
    ['{"text":{"wide":"middle"}}', 'text: expected'],
    ['{"zoom":0.5}', 'zoom'],
    ['{"photo":"abc"}', 'photo'],
    ['{"alt":5}', 'alt'],
  ])('%s', (text, where) => {
    const error = errorOf(text)
    expect(error).toMatchObject({ code: 'HERO_INVALID_SIDECAR', file })
    expect(isHeroError(error) && error.reason).toContain(where)
  })

  test('a ratio in two spellings: nobody could say which counts', () => {
    const rect = { x: 0, y: 0, width: 1, height: 0.5 }
    expect(errorOf(JSON.stringify({ crops: { '16:9': rect, '16/9': rect } }))).toMatchObject({
      code: 'HERO_INVALID_SIDECAR',
      reason: expect.stringMatching(/crops: a ratio is named twice/),
    })
    expect(errorOf(JSON.stringify({ text: { '2:1': 'left', '2': 'top' } }))).toMatchObject({
      code: 'HERO_INVALID_SIDECAR',
    })
  })

  test('what is longer than any person writes', () => {
    expect(errorOf(JSON.stringify({ alt: 'x'.repeat(2 ** 20) }))).toMatchObject({
      code: 'HERO_INVALID_SIDECAR',
      reason: expect.stringMatching(/longer than 1024 kB/),
    })
  })

  test('a misspelt name is answered with the right one', () => {
    expect(errorOf('{"focsu":{}}')).toMatchObject({ hint: "Did you mean 'focus'?" })
    expect(errorOf('{"focus":{"x":0,"y":0,"hight":1}}')).toMatchObject({ hint: "Did you mean 'height'?" })
  })
})

describe('reading', () => {
  const createFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'hero-sidecar-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  }

  test('none is undefined, also where none could be', async () => {
    const folder = createFolder()
    expect(await readSidecar(join(folder, 'hero.jpg'))).toBeUndefined()
    expect(await readSidecar(join(folder, 'missing', 'hero.jpg'))).toBeUndefined()
    expect(await readSidecar(join(folder, 'x'.repeat(250)))).toBeUndefined()
  })

  test('one that cannot be read is not taken for none', async () => {
    const folder = createFolder()
    await expect(readSidecar(folder.slice(0, -1))).resolves.toBeUndefined()
    writeFileSync(join(folder, 'hero.jpg.hero.json'), '{')
    await expect(readSidecar(join(folder, 'hero.jpg'))).rejects.toMatchObject({ code: 'HERO_INVALID_SIDECAR' })
  })
})
