import { describe, expect, test } from 'vitest'
import { resolveOptions } from '../options/resolve.ts'
import { parseQuery } from './query.ts'
import { resolveRequest } from './resolve.ts'

const options = resolveOptions({ metadata: 'copyright', maxWidth: 2000 }, '/project')
const request = (query: string) => resolveRequest(options, parseQuery(query, './hero.jpg'), './hero.jpg')

test('the preset as it is', () => {
  const { crops, formats, encoders, placeholder } = options.presets.hero ?? {}
  expect(request('?hero')).toEqual({
    preset: 'hero',
    crops: crops?.map((crop) => ({ ...crop, leastWidth: crop.name === 'tall' ? 1280 : 2000 })),
    formats,
    encoders,
    placeholder,
    metadata: 'copyright',
    ladder: { maxWidth: 2000, maxDensity: 2, step: 1.4 },
    allowTruncated: false,
    query: {},
    config: {},
  })
})

test('how wide the widest file has to be: what screens ask for, or what was written by hand', () => {
  const least = (query: string): unknown => request(query).crops.map(({ leastWidth }) => leastWidth)
  expect(least('?sizes=300px&hero')).toEqual([600, 600, 600])
  expect(least('?widths=900,3000&hero')).toEqual([3000, 3000, 3000])
})

test('is plain JSON', () => {
  const complete = request('?focus=.1,.2&quality=50&hero')
  expect(JSON.parse(JSON.stringify(complete))).toEqual(complete)
})

describe('the query wins', () => {
  test('in every crop', () => {
    const { crops } = request('?ratio=1&sizes=50vw&widths=64,32&hero')
    expect(crops.map(({ name }) => name)).toEqual(['wide', 'standard', 'tall'])
    for (const crop of crops) expect(crop).toMatchObject({ ratio: 1, sizes: '50vw', widths: [32, 64] })
  })

  test('in formats and focus', () => {
    expect(request('?formats=png&focus=0,1&hero')).toMatchObject({ formats: ['png'], query: { focus: { x: 0, y: 1 } } })
  })

  test('in the quality of the formats it names; effort stays', () => {
    const before = request('?hero').encoders
    const { encoders } = request('?quality=avif:33&hero')
    expect(encoders).toEqual({ ...before, avif: { quality: 33, effort: before.avif.effort } })
  })
})

describe('some crops only', () => {
  test('keep the order of the preset; the last one is the default crop and loses its media', () => {
    const { crops } = request('?crops=standard,wide&hero')
    expect(crops.map(({ name, media }) => [name, media])).toEqual([
      ['wide', '(min-width: 1024px)'],
      ['standard', undefined],
    ])
    expect(crops[1]).not.toHaveProperty('media')
  })

  test('one alone, named twice', () => {
    expect(request('?crops=wide,wide&hero').crops).toMatchObject([{ name: 'wide', ratio: 2, sizes: '100vw' }])
  })

  test('leave the options as they are', () => {
    request('?crops=wide&hero')
    expect(options.presets.hero?.crops[0]).toHaveProperty('media')
  })
})

test('what the config says about photos of this path stands beside what the import says', () => {
  const said = resolveOptions({ photos: { '*.jpg': { zoom: 0.9, text: 'left' } } }, '/project')
  const { query, config } = resolveRequest(said, parseQuery('?zoom=.8&hero', ''), '/project/hero.jpg')
  expect({ query, config }).toEqual({ query: { zoom: 0.8 }, config: { zoom: 0.9, text: 'left' } })
})

describe('errors name the file', () => {
  test.each([
    ['?hero=heor', 'HERO_UNKNOWN_PRESET', "Did you mean 'hero'?"],
    ['?hero=constructor', 'HERO_UNKNOWN_PRESET', 'Valid: hero, social.'],
    ['?hero=__proto__', 'HERO_UNKNOWN_PRESET', 'Valid: hero, social.'],
    ['?crops=wied&hero', 'HERO_INVALID_QUERY', "Did you mean 'wide'?"],
    ['?crops=constructor&hero', 'HERO_INVALID_QUERY', 'Valid: wide, standard, tall.'],
    ['?text=wied:left&hero', 'HERO_INVALID_QUERY', "Did you mean 'wide'?"],
    ['?text=__proto__:left&hero', 'HERO_INVALID_QUERY', 'Valid: wide, standard, tall.'],
    ['?sizes=wide&hero', 'HERO_INVALID_SIZES', expect.stringContaining('vw')],
  ])('%s', (query, code, hint) => {
    expect(() => request(query)).toThrow(expect.objectContaining({ code, file: './hero.jpg', hint }))
  })
})
