import { describe, expect, test } from 'vitest'
import { isHeroError } from '../errors.ts'
import { builtInPresets, defaultLimits } from './defaults.ts'
import { resolveOptions } from './resolve.ts'
import type { HeroOptions } from './user.ts'

/** What a user without a type checker wrote. */
function resolveJson(json: string): unknown {
  const options: HeroOptions = JSON.parse(json)
  return resolveOptions(options, '/project')
}

function errorOf(json: string): unknown {
  try {
    return resolveJson(json)
  } catch (error) {
    return error
  }
}

const isDeepFrozen = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isDeepFrozen))

describe('someone who sets nothing', () => {
  const options = resolveOptions({}, '/project')

  test('gets the hero preset: wide, standard, tall', () => {
    expect(options.presets.hero?.crops).toEqual([
      { name: 'wide', ratio: 2, sizes: '100vw', media: '(min-width: 1024px)' },
      { name: 'standard', ratio: 1.5, sizes: '100vw', media: '(min-width: 640px)' },
      { name: 'tall', ratio: 0.8, sizes: '100vw' },
    ])
    expect(options.presets.hero?.formats).toEqual(['avif', 'webp', 'jpeg'])
  })

  test('gets the one picture of link previews', () => {
    expect(options.presets.social).toMatchObject({
      crops: [{ ratio: 1200 / 630, widths: [1200] }],
      formats: ['jpeg'],
      placeholder: false,
    })
  })

  test('gets complete, frozen, plain JSON', () => {
    expect(JSON.parse(JSON.stringify(options))).toEqual(options)
    expect(isDeepFrozen(options)).toBe(true)
    expect(options).toMatchObject({
      root: '/project',
      effort: 'default',
      ladder: { maxWidth: 3840, maxDensity: 2 },
      metadata: 'none',
      allowTruncated: false,
      cache: { dir: '/project/node_modules/.cache/hero-image', mode: 'read-write' },
      limits: defaultLimits,
      concurrency: 0,
      manifest: false,
      report: 'summary',
    })
  })
})

describe('presets', () => {
  const card = { crops: { card: { ratio: '4:3' } }, sizes: '33vw' }

  test('are added to the built-in ones', () => {
    expect(Object.keys(resolveOptions({ presets: { card } }, '/').presets)).toEqual(['hero', 'social', 'card'])
  })

  test('replace a built-in one of the same name whole', () => {
    const { hero } = resolveOptions({ presets: { hero: card } }, '/').presets
    expect(hero?.crops).toEqual([{ name: 'card', ratio: 4 / 3, sizes: '33vw' }])
  })

  test('take what they do not say from the options, and the options from the defaults', () => {
    const presets = { card: { ...card, quality: { avif: 30 } } }
    const { card: resolved } = resolveOptions(
      { presets, quality: { avif: 60, webp: 61 }, formats: ['webp', 'jpeg', 'webp'], placeholder: false },
      '/',
    ).presets
    expect(resolved).toMatchObject({ formats: ['webp', 'jpeg'], placeholder: false })
    expect(resolved?.encoders).toMatchObject({ avif: { quality: 30 }, webp: { quality: 61 }, jpeg: { quality: 80 } })
  })

  test('one quality holds for all formats', () => {
    const { encoders } = resolveOptions({ quality: 40 }, '/').presets.hero ?? {}
    expect(new Set(Object.values(encoders ?? {}).map(({ quality }) => quality))).toEqual(new Set([40]))
  })

  test('the built-in presets pass all checks when a user writes them down', () => {
    const { presets } = resolveOptions({}, '/project')
    expect(resolveOptions({ presets: structuredClone(builtInPresets) }, '/project').presets).toEqual(presets)
  })

  test("a crop's own sizes and widths win; widths are sorted and single", () => {
    const crops = { a: { ratio: 1, media: '(min-width: 9px)', sizes: '50vw', widths: [90, 30, 90] }, b: { ratio: 1 } }
    expect(resolveOptions({ presets: { x: { crops, widths: [10] } } }, '/').presets.x?.crops).toEqual([
      { name: 'a', ratio: 1, media: '(min-width: 9px)', sizes: '50vw', widths: [30, 90] },
      { name: 'b', ratio: 1, sizes: '100vw', widths: [10] },
    ])
  })

  test('leave what the user wrote untouched', () => {
    const widths = [90, 30]
    const options = { presets: { x: { crops: { a: { ratio: 1, widths } } } } }
    resolveOptions(options, '/')
    expect(widths).toEqual([90, 30])
    expect(Object.isFrozen(options.presets.x)).toBe(false)
  })
})

test.each([
  ['./find.ts', '/project/find.ts'],
  ['../find.ts', '/find.ts'],
  ['/abs/find.ts', '/abs/find.ts'],
  ['some-package', 'some-package'],
  ['none', 'none'],
  ['objects', 'objects'],
])('detector %s is found at %s', (detector, found) => {
  expect(resolveOptions({ detector }, '/project').detector).toBe(found)
})

describe('names that do not exist', () => {
  test.each([
    ['{"fromats":[]}', "'fromats'", "'formats'"],
    ['{"cahce":{}}', "'cahce'", "'cache'"],
    ['{"cache":{"dri":"x"}}', "'cache.dri'", "'dir'"],
    ['{"limits":{"pixel":1}}', "'limits.pixel'", "'pixels'"],
    ['{"presets":{"card":{"crop":{},"crops":{"a":{"ratio":1}}}}}', "'presets.card.crop'", "'crops'"],
    ['{"presets":{"card":{"crops":{"a":{"ratio":1,"meida":"x"}}}}}', "'presets.card.crops.a.meida'", "'media'"],
    ['{"presets":{"card":{"crops":{"a":{"ratoi":1}}}}}', "'presets.card.crops.a.ratoi'", "'ratio'"],
    ['{"photos":{"*.jpg":{"focsu":{"x":0,"y":0}}}}', "'photos.*.jpg.focsu'", "'focus'"],
    ['{"photos":{"*.jpg":{"focus":{"x":0,"y":0,"widht":1}}}}', "'photos.*.jpg.focus.widht'", "'width'"],
    ['{"photos":{"*.jpg":{"crops":{"wdie":{"x":0,"y":0,"width":1,"height":1}}}}}', "'wdie'", "'wide'"],
    ['{"photos":{"*.jpg":{"text":{"tal":"left"}}}}', "'tal'", "'tall'"],
  ])('%s', (json, where, meant) => {
    const error = errorOf(json)
    expect(error).toMatchObject({ code: 'HERO_UNKNOWN_OPTION', hint: `Did you mean ${meant}?` })
    expect(isHeroError(error) && error.reason).toContain(where)
  })

  test('far from every name: all are listed', () => {
    expect(errorOf('{"cache":{"zzzzzzzz":1}}')).toMatchObject({ hint: 'Valid: dir, mode.' })
  })
})

describe('values that cannot be', () => {
  test.each([
    ['{"quality":0}', 'quality'],
    ['{"quality":{"avif":101}}', 'quality'],
    ['{"formats":[]}', 'formats'],
    ['{"formats":["bmp"]}', 'formats.0'],
    ['{"maxWidth":0}', 'maxWidth'],
    ['{"maxDensity":9}', 'maxDensity'],
    ['{"cache":{"mode":"readonly"}}', 'cache.mode'],
    ['{"concurrency":0}', 'concurrency'],
    ['{"effort":"max"}', 'effort'],
    ['{"presets":{"9":{"crops":{}}}}', 'presets.9'],
    ['{"presets":{"a":{"crops":{"x":{"ratio":1,"text":"middle"}}}}}', 'presets.a.crops.x.text'],
    ['{"presets":{"a":{"crops":{"x":{"ratio":1,"zoom":0.5}}}}}', 'presets.a.crops.x.zoom'],
    ['{"photos":{"*.jpg":{"limits":{"x":0.5,"y":0,"width":0.6,"height":1}}}}', 'the rectangle leaves the photo'],
    ['{"photos":{"*.jpg":{"crops":{"99:1":{"x":0,"y":0,"width":1,"height":1}}}}}', 'photos.*.jpg.crops.99:1'],
    ['{"photos":{"*.jpg":{"text":5}}}', 'for each crop'],
    ['{"presets":{"a b":{"crops":{}}}}', 'presets.a b'],
    ['{"presets":{"a":{"crops":{}}}}', 'presets.a.crops'],
    ['{"presets":{"a":{"crops":{"x":{"ratio":"wide"}}}}}', 'presets.a.crops.x.ratio'],
    ['{"presets":{"a":{"crops":{"x":{"ratio":0}}}}}', 'presets.a.crops.x.ratio'],
    ['{"presets":{"a":{"crops":{"x":{"ratio":1,"widths":[0]}}}}}', 'presets.a.crops.x.widths.0'],
  ])('%s', (json, where) => {
    const error = errorOf(json)
    expect(error).toMatchObject({ code: 'HERO_INVALID_OPTION' })
    expect(isHeroError(error) && error.reason).toContain(where)
  })

  test.each([
    ['{"presets":{"a":{"crops":{"x":{"ratio":1,"media":"(min-wdth: 3px)"},"y":{"ratio":1}}}}}', 'HERO_INVALID_MEDIA'],
    ['{"sizes":"50%"}', 'HERO_INVALID_SIZES'],
  ])('%s', (json, code) => {
    expect(errorOf(json)).toMatchObject({ code })
  })
})

describe('the order of media', () => {
  const media = '(min-width: 640px)'

  test('a crop before the last without media would hide all after it', () => {
    const presets = { a: { crops: { x: { ratio: 1 }, y: { ratio: 1 } } } }
    expect(() => resolveOptions({ presets }, '/')).toThrow(/crops\.x has no media, so later crops are never shown/)
  })

  test('a last crop with media would leave screens without a picture', () => {
    const presets = { a: { crops: { x: { ratio: 1, media } } } }
    expect(() => resolveOptions({ presets }, '/')).toThrow(/crops\.x is the last crop and has a media/)
  })
})
