import { describe, expect, test } from 'vitest'
import { isHeroError } from '../errors.ts'
import { isHeroQuery, parseQuery } from './query.ts'

const parse = (query: string) => parseQuery(query, './hero.jpg')

function errorOf(query: string): unknown {
  try {
    return parse(query)
  } catch (error) {
    return error
  }
}

test.each(['?hero', 'hero', '?hero=card', '?focus=.3,.6&hero', '?focus=.3,.6&hero=card', '?hero&url'])(
  '%s is ours',
  (query) => {
    expect(isHeroQuery(query)).toBe(true)
  },
)

test.each(['', '?', '?heroes', '?superhero', '?url', '?x=hero', '?hero-v=1'])('%j is not ours', (query) => {
  expect(isHeroQuery(query)).toBe(false)
})

test('no value means the preset hero', () => {
  for (const query of ['?hero', 'hero', '?hero=', '?&hero&']) expect(parse(query)).toEqual({ preset: 'hero' })
})

test('every key, in any order', () => {
  const parts = [
    'hero=card',
    'focus=.3,0.6',
    'text=wide:left,tall:top',
    'zoom=.8',
    'ratio=16:9',
    'widths=1280,640,640',
    'formats=webp,jpg',
    'quality=avif:45,jpg:70',
    'sizes=50vw',
    'crops=wide,tall',
  ]
  const expected = {
    preset: 'card',
    focus: { x: 0.3, y: 0.6 },
    text: { wide: 'left', tall: 'top' },
    zoom: 0.8,
    ratio: 16 / 9,
    widths: [640, 1280],
    formats: ['webp', 'jpeg'],
    quality: { avif: 45, jpeg: 70 },
    sizes: '50vw',
    crops: ['wide', 'tall'],
  }
  for (let turn = 0; turn < parts.length; turn += 1) {
    const query = [...parts.slice(turn), ...parts.slice(0, turn)].join('&')
    expect(parse(`?${query}`)).toEqual(expected)
    expect(parse(`?${[...parts].reverse().join('&')}`)).toEqual(expected)
  }
})

test.each([
  ['focus=.3,.6,.2,.4', { focus: { x: 0.3, y: 0.6, width: 0.2, height: 0.4 } }],
  ['text=auto', { text: 'auto' }],
  ['text=wide:left;tall:bottom', { text: { wide: 'left', tall: 'bottom' } }],
  ['zoom=1', { zoom: 1 }],
])('%s', (part, said) => {
  expect(parse(`?${part}&hero`)).toEqual({ preset: 'hero', ...said })
})

describe('encoding', () => {
  test.each([
    ['?sizes=(min-width:%20640px)%2050vw,%20100vw&hero', '(min-width: 640px) 50vw, 100vw'],
    ['?sizes=(min-width:+640px)+50vw,+100vw&hero', '(min-width: 640px) 50vw, 100vw'],
    ['?sizes=calc(50vw%20%2B%201rem)&hero', 'calc(50vw + 1rem)'],
    ['?sizes=calc(50vw+%2B+1rem)&hero', 'calc(50vw + 1rem)'],
    ['?sizes=calc(50vw + 1rem)&hero', 'calc(50vw + 1rem)'],
    ['?sizes=(width>=640px) 50vw, 100vw&hero', '(width>=640px) 50vw, 100vw'],
  ])('%s', (query, sizes) => {
    expect(parse(query).sizes).toBe(sizes)
  })

  test.each(['?hero&ratio=16%3A9', '?hero&ratio=16:9', '?hero&ratio=16/9', '?hero&ratio=16%2F9'])('%s', (query) => {
    expect(parse(query).ratio).toBe(16 / 9)
  })

  test('a list may use semicolons', () => {
    expect(parse('?hero&widths=640;1280&formats=avif;webp')).toMatchObject({
      widths: [640, 1280],
      formats: ['avif', 'webp'],
    })
  })

  test('a broken percent sign', () => {
    expect(errorOf('?hero&sizes=50%')).toMatchObject({ code: 'HERO_INVALID_QUERY', file: './hero.jpg' })
  })
})

describe('errors', () => {
  test.each([
    ['?hero&foucs=.5,.5', "'focus'"],
    ['?hero&width=640', "'widths'"],
    ['?hero&format=avif', "'formats'"],
    ['?hero&widths[]=640', "'widths'"],
    ['?Hero', "'hero'"],
  ])('%s: did you mean %s?', (query, meant) => {
    expect(errorOf(query)).toMatchObject({
      code: 'HERO_UNKNOWN_QUERY',
      file: './hero.jpg',
      hint: `Did you mean ${meant}?`,
    })
  })

  test.each(['?hero&hero=card', '?hero&focus=.1,.1&focus=.2,.2', '?hero&widths=1&%77idths=2'])(
    '%s names a key twice',
    (query) => {
      const error = errorOf(query)
      expect(error).toMatchObject({ code: 'HERO_INVALID_QUERY', file: './hero.jpg' })
      expect(isHeroError(error) && error.reason).toMatch(/twice/)
    },
  )

  test.each([
    'focus=',
    'focus=.5',
    'focus=.5,.5,.5',
    'focus=1.1,.5',
    'focus=-.1,.5',
    'focus=a,b',
    'focus=1e-1,.5',
    'focus=50%25,50%25',
    'focus=.5,.5,.5,.5,.5',
    'focus=.5,.5,2,.5',
    'text=',
    'text=middle',
    'text=wide:middle',
    'text=wide:left,wide:top',
    'text=wide:left,tall',
    'text=wide:left:top',
    'zoom=.5',
    'zoom=1.5',
    'ratio=',
    'ratio=0',
    'ratio=wide',
    'widths=',
    'widths=0',
    'widths=640,',
    'widths=64.5',
    'widths=20000',
    'widths=640w',
    'formats=',
    'formats=bmp',
    'formats=avif,,webp',
    'quality=0',
    'quality=101',
    'quality=80.5',
    'quality=bmp:80',
    'quality=avif:',
    'quality=avif:1:2',
    'sizes=',
    'crops=',
    'crops=wide,',
  ])('%s', (part) => {
    const error = errorOf(`?${part}&hero`)
    expect(error).toMatchObject({ code: 'HERO_INVALID_QUERY', file: './hero.jpg' })
    expect(isHeroError(error) && error.hint).toMatch(/^Expected /)
  })
})
