import { describe, expect, test } from 'vitest'
import { toCss, toImageSet } from './css.ts'
import { toCssUrl } from './escape.ts'
import { sampleAsset, sampleSvg } from './sample-asset.fixture.ts'
import { parseSrcset } from './srcset.ts'

describe('toImageSet', () => {
  test('fills the typical slot at 1x and twice that at 2x, in every format', () => {
    expect(toImageSet(sampleAsset, 'tall')).toEqual({
      fallback: 'url("/a/tall-480.jpeg")',
      imageSet:
        'image-set(url("/a/tall-480.avif") type("image/avif") 1x, url("/a/tall-1000.avif") type("image/avif") 2x, ' +
        'url("/a/tall-480.jpeg") type("image/jpeg") 1x, url("/a/tall-1000.jpeg") type("image/jpeg") 2x)',
    })
    expect(toImageSet(sampleAsset, 'wide').imageSet).toContain('url("/a/wide-1983.avif") type("image/avif") 1x')
  })

  test('names the crops when asked for another', () => {
    expect(() => toImageSet(sampleAsset, 'round')).toThrow(/no crop 'round'.*wide, standard, tall/)
  })
})

describe('toCss', () => {
  test('puts the default crop first and the first crop of the picture last', () => {
    const css = toCss(sampleAsset, '.hero')
    const places = [
      '.hero {\n  background-image: url("/a/tall-480.jpeg");\n  background-image: image-set(',
      '@media (min-width: 640px) {',
      '@media (min-width: 1024px) {',
    ]
    const found = places.map((place) => css.indexOf(place))
    expect(found[0]).toBe(0)
    expect(found).toEqual(found.toSorted((a, b) => a - b))
  })

  test('writes an SVG as a plain url, and other properties', () => {
    expect(toCss(sampleSvg, '#logo', { property: 'mask-image' })).toBe(
      '#logo {\n  mask-image: url("/a/logo.svg");\n}\n',
    )
    expect(toCss(sampleAsset, ':root', { property: '--hero' })).not.toContain('--hero: url(')
  })
})

test('a URL cannot leave its quotes', () => {
  expect(toCssUrl('/a"b\\c\nd</style>.jpg')).toBe('url("/a\\22 b\\5c c\\a d\\3c /style>.jpg")')
})

test('srcset URLs may contain commas', () => {
  expect(parseSrcset('/w_1,h_2/a.avif 640w, data:image/png;base64,AA== 1280w,/c.jpg 2000w')).toEqual([
    { url: '/w_1,h_2/a.avif', width: 640 },
    { url: 'data:image/png;base64,AA==', width: 1280 },
    { url: '/c.jpg', width: 2000 },
  ])
})
