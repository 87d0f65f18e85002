import { describe, expect, test } from 'vitest'
import { toPreload, toPreloadHeader, toPreloadHtml } from './preload.ts'
import { sampleAsset, sampleSvg } from './sample-asset.fixture.ts'

describe('toPreload', () => {
  test('takes the first format of every crop under disjoint media', () => {
    expect(sampleAsset.preload.map(({ media, type }) => [media, type])).toEqual([
      ['(min-width: 1024px)', 'image/avif'],
      ['(min-width: 640px) and (not (min-width: 1024px))', 'image/avif'],
      ['not (min-width: 640px)', 'image/avif'],
    ])
  })

  test('leaves out crops that are never shown, and media that is always true', () => {
    const [wide, , , , tall] = sampleAsset.sources
    if (wide === undefined || tall === undefined) throw new Error('the sample has six sources')
    const shadowed = { ...wide, crop: 'shadowed', media: '(min-width: 2000px)' }
    expect(toPreload([wide, shadowed, tall]).map(({ media }) => media)).toEqual([
      '(min-width: 1024px)',
      'not (min-width: 1024px)',
    ])
    expect(toPreload([tall])[0]).not.toHaveProperty('media')
    expect(toPreload([])).toEqual([])
  })
})

describe('toPreloadHtml', () => {
  test('writes one link a line', () => {
    const lines = toPreloadHtml(sampleAsset, { nonce: 'abc' }).split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toBe(
      '<link rel="preload" as="image" media="not (min-width: 640px)" type="image/avif" ' +
        'imagesrcset="/a/tall-320.avif 320w, /a/tall-480.avif 480w, /a/tall-1000.avif 1000w" imagesizes="100vw" fetchpriority="high" nonce="abc">',
    )
  })

  test('an SVG is preloaded by its URL', () => {
    expect(toPreloadHtml(sampleSvg)).toBe('<link rel="preload" as="image" href="/a/logo.svg" fetchpriority="high">')
  })
})

describe('toPreloadHeader', () => {
  test('writes one link per crop with quoted parameters', () => {
    const header = toPreloadHeader(sampleAsset)
    expect(header.match(/rel=preload/g)).toHaveLength(3)
    expect(header).toContain(
      '</a/tall-320.avif>; rel=preload; as=image; imagesrcset="/a/tall-320.avif 320w, /a/tall-480.avif 480w, /a/tall-1000.avif 1000w"; ' +
        'imagesizes="100vw"; media="not (min-width: 640px)"; type="image/avif"; fetchpriority=high',
    )
  })

  test('stays printable ASCII on one line, whatever the URL', () => {
    const header = toPreloadHeader({ ...sampleSvg, src: '/ä"b>\r\nX: y\ud800.svg' })
    expect(header).toBe('</%C3%A4%22b%3E%0D%0AX:%20y%EF%BF%BD.svg>; rel=preload; as=image; fetchpriority=high')
  })
})
