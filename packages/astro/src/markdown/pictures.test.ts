import { describe, expect, test } from 'vitest'
import { takePictures } from './pictures.ts'
import { type MarkdownPicture, replaceTokens } from './token.ts'

/** What was taken, and what is left where it stood. */
function take(html: string): { pictures: MarkdownPicture[]; left: string; sources: readonly string[] } {
  const taken = takePictures(html, undefined, true)
  const pictures: MarkdownPicture[] = []
  const left = replaceTokens(taken.html, (picture) => {
    pictures.push(picture)
    return `[${pictures.length}]`
  })
  return { pictures, left, sources: taken.sources }
}

/** An image as a processor leaves it for Astro; they spell quotes differently. */
const marked = (props: object, quote: string, rest = ''): string =>
  `<img __ASTRO_IMAGE_="${JSON.stringify(props).replaceAll('"', quote)}"${rest}>`

describe('images of Markdown', () => {
  test.each(['&quot;', '&#x22;', '&#34;'])('with %s', (quote) => {
    const image = marked({ alt: 'A & B', title: 'é', src: './my photo.jpg?hero=card', index: 0 }, quote)
    expect(take(`<p>In ${image} line</p>`)).toEqual({
      pictures: [{ src: './my photo.jpg?hero=card', attributes: { alt: 'A & B', title: 'é' }, placeholder: true }],
      left: '<p>In [1] line</p>',
      sources: ['./my photo.jpg?hero=card'],
    })
  })

  test('attributes that a plugin left on the tag', () => {
    const image = marked({ alt: 'a', className: ['x'], src: './a.jpg?hero', index: 0 }, '&quot;', ' class="x y"')
    expect(take(image).pictures[0]?.attributes).toEqual({ alt: 'a', class: 'x y' })
  })

  test('a picture twice is imported once', () => {
    const image = marked({ alt: 'a', src: './a.jpg?hero', index: 0 }, '&quot;')
    expect(take(image + image)).toMatchObject({ left: '[1][2]', sources: ['./a.jpg?hero'] })
  })
})

test('an <img> that somebody wrote', () => {
  const html = '<figure><IMG alt=\'x\' src="./my%20photo.jpg?focus=.1,.2&amp;hero" width=7 hidden></figure>'
  expect(take(html)).toEqual({
    pictures: [
      {
        src: './my photo.jpg?focus=.1,.2&hero',
        attributes: { alt: 'x', width: '7', hidden: '' },
        placeholder: true,
      },
    ],
    left: '<figure>[1]</figure>',
    sources: ['./my photo.jpg?focus=.1,.2&hero'],
  })
})

describe('what stays as it is', () => {
  test.each([
    '<img src="./a.jpg">',
    marked({ alt: 'a', src: './a.jpg', index: 0 }, '&quot;'),
    marked({ alt: 'a', src: 'https://example.com/a.jpg?hero', index: 0 }, '&quot;'),
    '<img src="//example.com/a.jpg?hero">',
    '<a href="./a.jpg?hero">x</a>',
    '<code>&lt;img src="./a.jpg?hero"&gt;</code>',
    '<!-- <img src="./a.jpg?hero"> -->',
    '<script>const a = \'<img src="./a.jpg?hero">\'</script>',
  ])('%s', (html) => {
    expect(takePictures(html, undefined, true)).toEqual({ html, sources: [] })
  })
})

test('tokens pass through JSON and scripts unchanged', () => {
  const { html } = takePictures('<img src="./a.jpg?hero" alt="&quot;\u2028\\">', undefined, false)
  expect(JSON.stringify(html)).toBe(`"${html}"`)
  const found: MarkdownPicture[] = []
  replaceTokens(html, (picture) => {
    found.push(picture)
    return ''
  })
  expect(found).toEqual([{ src: './a.jpg?hero', attributes: { alt: '"\u2028\\' }, placeholder: false }])
})
