import { describe, expect, test } from 'vitest'
import { toJsx } from './jsx.ts'
import { toProps } from './props.ts'
import { sampleAsset, sampleSvg } from './sample-asset.fixture.ts'

describe('toProps', () => {
  test('speaks the language of React', () => {
    const { sources, img, style } = toProps(sampleAsset, {
      alt: 'A hill',
      priority: true,
      className: 'wide',
      style: { color: 'red' },
    })
    expect(sources[5]).toEqual({
      type: 'image/jpeg',
      srcSet: '/a/tall-320.jpeg 320w, /a/tall-480.jpeg 480w, /a/tall-1000.jpeg 1000w',
      sizes: '100vw',
      width: 800,
      height: 1000,
    })
    expect(img).toEqual({
      src: '/a/tall-1000.jpeg',
      width: 800,
      height: 1000,
      alt: 'A hill',
      loading: 'eager',
      fetchPriority: 'high',
      className: 'wide hero-1a2b',
      style: { color: 'red' },
    })
    expect(style).toEqual({ className: 'hero-1a2b', css: ':where(.hero-1a2b){background-color:#102030}' })
  })

  test('passes further attributes on and copes with an SVG', () => {
    expect(toProps(sampleSvg, { alt: '', attributes: { 'data-x': 1 } })).toEqual({
      sources: [],
      img: { src: '/a/logo.svg', width: 300, height: 200, alt: '', loading: 'lazy', decoding: 'async', 'data-x': 1 },
    })
  })
})

describe('toJsx', () => {
  test('writes a fragment with the placeholder', () => {
    const lines = toJsx(sampleAsset, { alt: 'A "hill" {x}' }).split('\n')
    expect(lines[0]).toBe('<>')
    expect(lines[1]).toBe(
      '  <style dangerouslySetInnerHTML={{"__html":":where(.hero-1a2b){background-color:#102030}"}} />',
    )
    expect(lines.filter((line) => line.includes('<source '))).toHaveLength(6)
    expect(lines.at(-3)).toContain(
      'alt={"A \\"hill\\" {x}"} sizes="auto, 100vw" className="hero-1a2b" src="/a/tall-1000.jpeg" />',
    )
    expect(lines.at(-3)).toContain('width={800} height={1000}')
  })

  test('writes an SVG without a fragment', () => {
    expect(toJsx(sampleSvg, { alt: '' })).toBe(
      '<picture>\n  <img loading="lazy" decoding="async" width={300} height={200} alt="" src="/a/logo.svg" />\n</picture>',
    )
  })
})
