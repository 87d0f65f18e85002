import { describe, expect, test } from 'vitest'
import { toPictureHtml } from './picture.ts'
import { sampleAsset, sampleSvg } from './sample-asset.fixture.ts'

describe('toPictureHtml', () => {
  test('lists the sources in order, each with its own size', () => {
    const html = toPictureHtml(sampleAsset, { alt: 'A hill' })
    const sources = html.match(/<source [^>]*>/g) ?? []
    expect(sources).toHaveLength(6)
    expect(sources[0]).toBe(
      '<source media="(min-width: 1024px)" type="image/avif" srcset="/a/wide-1024.avif 1024w, /a/wide-1425.avif 1425w, ' +
        '/a/wide-1983.avif 1983w, /a/wide-2759.avif 2759w" sizes="auto, 100vw" width="2000" height="1000">',
    )
    expect(sources[5]).toContain('type="image/jpeg"')
    expect(sources[5]).not.toContain('media=')
  })

  test('is lazy by default, with auto sizes on the img as HTML requires', () => {
    expect(toPictureHtml(sampleAsset, { alt: '' })).toContain(
      '<img loading="lazy" decoding="async" width="800" height="1000" alt="" sizes="auto, 100vw" class="hero-1a2b" src="/a/tall-1000.jpeg">',
    )
  })

  test('priority loads at once, and never with auto sizes', () => {
    const html = toPictureHtml(sampleAsset, { alt: '', priority: true, class: 'wide' })
    expect(html).toContain(
      '<img loading="eager" fetchpriority="high" width="800" height="1000" alt="" class="wide hero-1a2b"',
    )
    expect(html).not.toContain('auto')
  })

  test('sizes of the page replace those of the crops', () => {
    const html = toPictureHtml(sampleAsset, { alt: '', loading: 'eager', sizes: '50vw' })
    expect(html.match(/sizes="50vw"/g)).toHaveLength(6)
    expect(html).not.toContain('100vw')
  })

  test('the placeholder carries the nonce and can be left out', () => {
    expect(toPictureHtml(sampleAsset, { alt: '', nonce: 'n"1' })).toMatch(/^<style nonce="n&quot;1">:where/)
    expect(toPictureHtml(sampleAsset, { alt: '', placeholder: false })).not.toMatch(/style|hero-1a2b/)
  })

  test('escapes values', () => {
    const html = toPictureHtml(sampleAsset, {
      alt: '"><script>&amp;',
      attributes: { 'data-x': `'<"`, hidden: true, id: undefined },
    })
    expect(html).toContain('alt="&quot;&gt;&lt;script&gt;&amp;amp;"')
    expect(html).toContain(` data-x="'&lt;&quot;" hidden>`)
    expect(html).not.toContain('<script')
  })

  test('a style cannot end its own tag', () => {
    const style = '@media (color/*</style><script>*/){}'
    const html = toPictureHtml(
      { ...sampleAsset, placeholder: { color: '#000000', className: 'x', style } },
      { alt: '' },
    )
    expect(html.match(/<\/style/g)).toHaveLength(1)
  })

  test('further attributes win over ours', () => {
    const html = toPictureHtml(sampleAsset, { alt: '', attributes: { decoding: 'sync' } })
    expect(html.match(/decoding="\w+"/g)).toEqual(['decoding="sync"'])
  })

  test('needs an alt text, from the page or from the asset', () => {
    expect(() => toPictureHtml(sampleAsset)).toThrow(/tall-1000\.jpeg has no alt text/)
    expect(toPictureHtml({ ...sampleAsset, alt: 'A hill' })).toContain('alt="A hill"')
    expect(toPictureHtml({ ...sampleAsset, alt: 'A hill' }, { alt: '' })).toContain('alt=""')
  })

  test('refuses impossible attribute names', () => {
    expect(() => toPictureHtml(sampleAsset, { alt: '', attributes: { 'a onload=x': '1' } })).toThrow(
      /HERO_INVALID_OPTION/,
    )
  })

  test('an SVG is a picture with an img only', () => {
    expect(toPictureHtml(sampleSvg, { alt: 'Logo' })).toBe(
      '<picture><img loading="lazy" decoding="async" width="300" height="200" alt="Logo" src="/a/logo.svg"></picture>',
    )
  })
})
