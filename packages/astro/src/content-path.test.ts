import { expect, test } from 'vitest'
import { isForeign, parseContentImport, toContentPath } from './content-path.ts'

test('the content store takes it for an image, by what stands after its last dot', () => {
  expect(toContentPath('./a.heic?focus=.1,.2&hero').split('.').at(-1)).toBe('jpg')
})

test('what the store makes of it is understood again', () => {
  const query = new URLSearchParams({ astroContentImageFlag: '', importer: 'src/posts/one two.md' })
  expect(parseContentImport(`${toContentPath('./a.jpg?hero=card')}?${query}`)).toEqual({
    source: './a.jpg?hero=card',
    importer: 'src/posts/one two.md',
  })
})

test.each(['./a.jpg?astroContentImageFlag=&importer=a.md', './a.jpg?hero', './a.jpg?v=.jpg&importer=a.md'])(
  '%s is none of ours',
  (id) => {
    expect(parseContentImport(id)).toBeUndefined()
  },
)

test('a hero that Astro itself has put there is told from ours', () => {
  expect(['./a.jpg?hero', toContentPath('./a.jpg?hero'), './a.jpg'].map(isForeign)).toEqual([true, false, false])
})
