import { expect, test } from 'vitest'
import { heroQueryOf, parseVariantQuery, toVariantQuery, variantQueryPattern } from './variant-request.ts'

const name = 'hero-640x320.0123456789ab.avif'

test.each(['hero', 'hero=card', 'focus=.3,.6&hero=card', 'sizes=(min-width:%2040rem)%2050vw&hero'])(
  'a request carries name and query through a host: %s',
  (query) => {
    const written = toVariantQuery({ name, query })
    expect(parseVariantQuery(written)).toEqual({ name, query })
    // Some hosts decode URLs on the way, some add keys of their own.
    expect(parseVariantQuery(decodeURIComponent(written))).toEqual({ name, query })
    expect(parseVariantQuery(`${written}&v=123`)).toEqual({ name, query })
    expect(variantQueryPattern.test(written)).toBe(true)
    expect(heroQueryOf(written)).toBeUndefined()
  },
)

test('other queries are none of ours', () => {
  for (const query of ['', '?hero', '?hero-v=a.avif', '?inline']) expect(parseVariantQuery(query)).toBeUndefined()
})

test('a hero query is told from others and loses the keys of hosts', () => {
  expect(heroQueryOf('?hero=card&t=1')).toBe('hero=card')
  expect(heroQueryOf('?url')).toBeUndefined()
})
