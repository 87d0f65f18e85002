import { describe, expect, test } from 'vitest'
import { toAttributes } from './attributes.ts'
import { toProps } from './props.ts'
import { sampleAsset, sampleSvg } from './sample-asset.fixture.ts'

describe('toAttributes', () => {
  test('speaks HTML', () => {
    const { sources, img, style } = toAttributes(sampleAsset, { alt: 'A hill', priority: true, class: 'wide' })
    expect(sources[5]).toEqual({
      type: 'image/jpeg',
      srcset: '/a/tall-320.jpeg 320w, /a/tall-480.jpeg 480w, /a/tall-1000.jpeg 1000w',
      sizes: '100vw',
      width: 800,
      height: 1000,
    })
    expect(img).toEqual({
      loading: 'eager',
      fetchpriority: 'high',
      width: 800,
      height: 1000,
      alt: 'A hill',
      class: 'wide hero-1a2b',
      src: '/a/tall-1000.jpeg',
    })
    expect(style).toEqual({ className: 'hero-1a2b', css: ':where(.hero-1a2b){background-color:#102030}' })
  })

  test('further attributes win over ours', () => {
    const { img } = toAttributes(sampleSvg, { alt: '', attributes: { decoding: 'sync', 'data-x': 1 } })
    expect(img).toEqual({
      loading: 'lazy',
      decoding: 'sync',
      width: 300,
      height: 200,
      alt: '',
      src: '/a/logo.svg',
      'data-x': 1,
    })
  })

  test.each([
    ['HTML', Object.keys(toAttributes(sampleAsset, { alt: '' }).img)],
    ['props', Object.keys(toProps(sampleAsset, { alt: '' }).img)],
  ])('%s: what decides about loading is set before src', (_, names) => {
    expect(names.at(-1)).toBe('src')
    expect(names).toEqual(expect.arrayContaining(['loading', 'sizes']))
  })
})
