import { describe, expect, test } from 'vitest'
import { resolveOptions } from '../options/resolve.ts'
import type { CropOptions, HeroOptions, PhotoOptions } from '../options/user.ts'
import { parseQuery } from '../request/query.ts'
import { resolveRequest } from '../request/resolve.ts'
import type { LockedPhoto } from '../source/lock.ts'
import type { Sidecar } from '../source/sidecar-text.ts'
import type { RelativeRect } from '../types.ts'
import { type CropDecisions, decideCrop } from './overrides.ts'

const photo = 'ab'.repeat(32)
const rectAt = (x: number): RelativeRect => ({ x, y: 0, width: 0.4, height: 0.8 })
const [one, two, three] = [rectAt(0.1), rectAt(0.2), rectAt(0.3)] as const
const point = (x: number) => ({ x, y: 0.5 })

interface Wish {
  readonly query?: string
  readonly sidecar?: Sidecar
  readonly config?: PhotoOptions
  readonly crop?: Partial<CropOptions>
  /** What the lock pins, by pin. */
  readonly pins?: Readonly<Record<string, RelativeRect>>
  readonly lockedPhoto?: string
}

/** What holds for a crop `tall` of 4:5. */
function decide({ query = '', sidecar, config, crop, pins, lockedPhoto = photo }: Wish): CropDecisions {
  const options: HeroOptions = {
    presets: { p: { crops: { tall: { ratio: '4:5', ...crop } } } },
    ...(config === undefined ? {} : { photos: { '**': config } }),
  }
  const file = '/project/a.jpg'
  const request = resolveRequest(resolveOptions(options, '/project'), parseQuery(`?${query}&hero=p`, file), file)
  const [asked] = request.crops
  if (asked === undefined) throw new Error('the preset has a crop')
  const crops = Object.fromEntries(
    Object.entries(pins ?? {}).map(([pin, rect]) => [pin, { ...rect, by: 'faces', kept: 1 }]),
  )
  const locked: LockedPhoto | undefined = pins && { photo: lockedPhoto, detector: 'none', engine: '1.0.0', crops }
  return decideCrop(request, asked, { photo, ...(sidecar && { sidecar }), ...(locked && { locked }) })
}

test('nobody said anything', () => {
  expect(decide({})).toEqual({ overrides: { by: undefined }, pin: '4:5' })
})

describe('the nearest word about the place counts', () => {
  test.each<[string, Wish, object]>([
    [
      'query',
      { query: 'focus=.9,.5', sidecar: { focus: point(0.2) }, config: { focus: point(0.3) } },
      { by: 'query', focus: point(0.9) },
    ],
    [
      'sidecar',
      { sidecar: { focus: point(0.2) }, config: { focus: point(0.3) } },
      { by: 'sidecar', focus: point(0.2) },
    ],
    ['config', { config: { focus: point(0.3) }, pins: { '4:5': three } }, { by: 'config', focus: point(0.3) }],
    ['lock', { pins: { '4:5': three } }, { by: 'lock', rect: three }],
    [
      "a query's focus before a sidecar's rectangle",
      { query: 'focus=.9,.5', sidecar: { crops: { tall: one } } },
      { by: 'query', focus: point(0.9) },
    ],
    [
      "a sidecar's focus before a rectangle of the config",
      { sidecar: { focus: point(0.2) }, config: { crops: { tall: two } } },
      { by: 'sidecar', focus: point(0.2) },
    ],
    [
      'in one place the rectangle',
      { sidecar: { focus: point(0.2), crops: { tall: one } } },
      { by: 'sidecar', rect: one },
    ],
    [
      'a rectangle by name before one by ratio',
      { sidecar: { crops: { '4:5': two, tall: one } } },
      { by: 'sidecar', rect: one },
    ],
    ['a rectangle by ratio', { config: { crops: { '4/5': two } } }, { by: 'config', rect: two }],
    [
      'a rectangle of another crop is none',
      { sidecar: { crops: { wide: one, '2:1': two } }, pins: { '4:5': three } },
      { by: 'lock', rect: three },
    ],
  ])('%s', (_who, wish, overrides) => {
    expect(decide(wish).overrides).toEqual(overrides)
  })
})

test('each decision has its own speaker', () => {
  const { overrides } = decide({
    query: 'zoom=.7',
    sidecar: { limits: one, text: { wide: 'left' } },
    config: { focus: point(0.3), text: { tall: 'top' }, zoom: 0.9 },
    crop: { text: 'bottom' },
  })
  expect(overrides).toEqual({ by: 'config', focus: point(0.3), limits: one, text: 'top', zoom: 0.7 })
})

test("the preset's own text and zoom come last", () => {
  const crop = { text: 'bottom', zoom: 0.8 } as const
  expect(decide({ crop }).overrides).toEqual({ by: undefined, text: 'bottom', zoom: 0.8 })
  expect(decide({ crop, query: 'text=left' }).overrides).toMatchObject({ text: 'left', zoom: 0.8 })
})

test('an exact rectangle is neither narrowed nor zoomed nor pinned', () => {
  const sidecar = { crops: { tall: one }, limits: two, zoom: 0.8, text: 'left' } as const
  expect(decide({ sidecar, pins: { '4:5': three } })).toEqual({ overrides: { by: 'sidecar', rect: one, text: 'left' } })
})

describe('a pin', () => {
  test('names all that a crop was computed from', () => {
    const sidecar = { focus: { x: 1 / 3, y: 0.5, width: 0.2, height: 0.1 }, limits: two, text: one, zoom: 0.8 }
    expect(decide({ sidecar }).pin).toBe(
      '4:5 focus=0.3333,0.5,0.2,0.1 limits=0.2,0,0.4,0.8 text=0.1,0,0.4,0.8 zoom=0.8 width=3840',
    )
    expect(decide({ query: 'ratio=1.91&text=auto&widths=640,1280' }).pin).toBe('191:100 text=auto width=1280')
    expect(decide({ query: 'text=left&zoom=1' }).pin).toBe('4:5 text=left zoom=1')
  })

  test('tells lines apart', () => {
    const pinOf = (size: object): string | undefined => decide({ sidecar: { focus: { ...point(0.2), ...size } } }).pin
    expect(pinOf({ width: 0.4 })).toBe('4:5 focus=0.2,0.5,0.4,0')
    expect(pinOf({ height: 0.4 })).toBe('4:5 focus=0.2,0.5,0,0.4')
    expect(pinOf({ width: 0, height: 0 })).toBe(pinOf({}))
  })

  test('holds until somebody says something new', () => {
    const pins = { '4:5': three, '4:5 text=left width=3840': two, '4:5 focus=0.2,0.5': one }
    expect(decide({ pins }).overrides.rect).toEqual(three)
    expect(decide({ pins, query: 'text=left' }).overrides).toEqual({ by: 'lock', rect: two, text: 'left' })
    expect(decide({ pins, query: 'text=right' }).overrides).toEqual({ by: undefined, text: 'right' })
    expect(decide({ pins, sidecar: { focus: point(0.2) } }).overrides).toEqual({ by: 'lock', rect: one })
  })

  test('of another photo does not hold', () => {
    expect(decide({ pins: { '4:5': three }, lockedPhoto: 'cd'.repeat(32) }).overrides).toEqual({ by: undefined })
  })
})

describe('a sidecar of another photo', () => {
  const stale = 'cd'.repeat(32)
  test.each<[string, Wish, true | undefined]>([
    ['where it is heard', { sidecar: { photo: stale, focus: point(0.2) } }, true],
    ['where it says where the text lies', { sidecar: { photo: stale, text: 'left' } }, true],
    [
      'where somebody nearer is heard',
      { query: 'focus=.1,.1', sidecar: { photo: stale, focus: point(0.2) } },
      undefined,
    ],
    ['where it says nothing', { sidecar: { photo: stale, alt: 'A wren' } }, undefined],
    ['of the same photo', { sidecar: { photo, focus: point(0.2) } }, undefined],
  ])('%s', (_where, wish, changed) => {
    expect(decide(wish).overrides.photoChanged).toBe(changed)
  })
})
