import { createElement, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { sampleAsset, sampleSvg } from '../../core/src/markup/sample-asset.fixture.ts'
import { HeroImage, type HeroImageProps } from './image.tsx'

/** A whole document, since React puts into a head only what there is one for. */
function render(...pictures: readonly HeroImageProps[]): { head: string; body: string } {
  const images = pictures.map((props, key): ReactElement => createElement(HeroImage, { key, ...props }))
  const document = createElement('html', {}, createElement('head'), createElement('body', {}, ...images))
  const [, head = '', body = ''] = /<head>(.*)<\/head><body>(.*)<\/body>/s.exec(renderToStaticMarkup(document)) ?? []
  return { head, body }
}

const links = (head: string): string[] => head.match(/<link[^>]*>/g) ?? []

describe('a picture', () => {
  test('has all sources, and an image with what the page says', () => {
    const { body } = render({ src: sampleAsset, alt: 'A hill', className: 'wide', style: { color: 'red' }, id: 'hill' })
    expect(body.match(/<source /g)).toHaveLength(6)
    expect(body).toMatch(/^<picture><source media="\(min-width: 1024px\)" type="image\/avif"/)
    const [img] = /<img[^>]*>/.exec(body) ?? []
    for (const attribute of [
      'alt="A hill"',
      'class="wide hero-1a2b"',
      'style="color:red"',
      'id="hill"',
      'loading="lazy"',
    ])
      expect(img).toContain(attribute)
    expect(img, 'src comes last').toMatch(/src="\/a\/tall-1000.jpeg"\/>$/)
  })

  test('waits until it is scrolled to, and nothing is preloaded for it', () => {
    const { head, body } = render({ src: sampleAsset, alt: '' })
    expect(links(head)).toEqual([])
    expect(body).toContain('sizes="auto, 100vw"')
  })

  test('takes the alt text of the photo, and none at all is an error', () => {
    expect(render({ src: { ...sampleAsset, alt: 'From the sidecar' } }).body).toContain('alt="From the sidecar"')
    expect(() => render({ src: sampleAsset })).toThrow('HERO_INVALID_OPTION')
  })

  test.each(['/hero.jpg', { src: '/hero.jpg', width: 3, height: 2 }, undefined])('of %o is an error', (src) => {
    expect(() => Reflect.apply(HeroImage, undefined, [{ src, alt: '' }])).toThrow("import hero from './hero.jpg?hero'")
  })

  test('forwards a ref', () => {
    const ref = (): void => undefined
    expect(
      JSON.stringify(HeroImage({ src: sampleAsset, alt: '', ref }), (_, each) => (each === ref ? 'the ref' : each)),
    ).toContain('"ref":"the ref"')
  })
})

describe('the placeholder', () => {
  test('goes into the head, once for all pictures that share it', () => {
    const { head } = render({ src: sampleAsset, alt: '' }, { src: sampleAsset, alt: '' })
    expect(head.match(/<style[^>]*>/g)).toHaveLength(1)
    expect(head).toContain(':where(.hero-1a2b){background-color:#102030}')
  })

  test('keeps a nonce', () => {
    const style = '@media (width > 1px) { :where(.hero-1a2b) { background: url("data:image/gif,") } }'
    const src = { ...sampleAsset, placeholder: { color: '#102030', className: 'hero-1a2b', style } }
    expect(render({ src, alt: '', nonce: 'n' }).body).toContain(`<style nonce="n">${style}</style>`)
  })

  test.each([false, 'none' as const])('%s leaves it out', (placeholder) => {
    const { head, body } = render({ src: sampleAsset, alt: '', placeholder })
    expect(head).not.toContain('<style')
    expect(body).not.toContain('hero-1a2b')
  })
})

describe('priority', () => {
  test('preloads the first format of each crop, under media that exclude each other', () => {
    const { head, body } = render({ src: sampleAsset, alt: '', priority: true })
    expect(links(head).map((link) => /media="([^"]*)"/.exec(link)?.[1])).toEqual([
      '(min-width: 1024px)',
      '(min-width: 640px) and (not (min-width: 1024px))',
      'not (min-width: 640px)',
    ])
    for (const link of links(head)) {
      expect(link).toMatch(/rel="preload" as="image" type="image\/avif" fetchPriority="high" imageSrcSet="\/a\//)
      expect(link, 'nothing for browsers that do not know imagesrcset').not.toContain('href=')
    }
    expect(body).toContain('fetchPriority="high" loading="eager"')
  })

  test('with sizes of its own preloads for those', () => {
    const { head, body } = render({ src: sampleAsset, alt: '', priority: true, sizes: '50vw' })
    expect(links(head).filter((link) => link.includes('imageSizes="50vw"'))).toHaveLength(3)
    expect(body.match(/sizes="50vw"/g)).toHaveLength(6)
  })

  test('crops that share their files share a link', () => {
    const [wide, , tall] = sampleAsset.preload
    if (wide === undefined || tall === undefined) throw new Error('the sample has three crops')
    const equal = { ...tall, media: 'not (min-width: 1024px)', imagesrcset: wide.imagesrcset }
    const { head } = render({ src: { ...sampleAsset, preload: [wide, equal] }, alt: '', priority: true })
    expect(links(head)).toHaveLength(1)
    expect(head).toContain('media="(min-width: 1024px), not (min-width: 1024px)"')
  })

  test('preloads an SVG by its URL', () => {
    const { head } = render({ src: sampleSvg, alt: '', priority: true })
    expect(links(head)).toEqual(['<link rel="preload" href="/a/logo.svg" as="image" fetchPriority="high"/>'])
  })

  test('asks as the image will ask', () => {
    const { head } = render({ src: sampleAsset, alt: '', priority: true, crossOrigin: 'anonymous', nonce: 'n' })
    for (const link of links(head)) expect(link).toMatch(/crossorigin="" nonce="n"/)
  })
})
