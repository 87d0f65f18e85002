import { describe, expect, test } from 'vitest'
import { isHeroError } from '../errors.ts'
import { checkMedia, neverMatches, toDisjointMedia, viewportRange } from './condition.ts'

/** A screen of the tests: width in px, size of 1em in px, and the other features that are true. */
interface Screen {
  readonly width: number
  readonly em: number
  readonly features: readonly string[]
}

/** Evaluates the strict `<media-condition>` grammar, so that mixing and/or without parentheses fails the test. */
function matches(media: string | undefined, screen: Screen): boolean {
  if (media === undefined) return true
  if (media === neverMatches) return false
  let rest = media
  const take = (token: string): boolean => {
    if (!rest.startsWith(token)) return false
    rest = rest.slice(token.length)
    return true
  }
  const condition = (): boolean => {
    if (take('not ')) return !inParens()
    let value = inParens()
    const word = rest.startsWith(' and ') ? ' and ' : ' or '
    while (take(word)) {
      const next = inParens()
      value = word === ' and ' ? value && next : value || next
    }
    return value
  }
  const inParens = (): boolean => {
    if (!take('(')) throw new Error(`'(' expected at '${rest}' in '${media}'`)
    if (rest.startsWith('(') || rest.startsWith('not ')) {
      const value = condition()
      if (!take(')')) throw new Error(`')' expected at '${rest}' in '${media}'`)
      return value
    }
    const end = rest.indexOf(')')
    const feature = rest.slice(0, end)
    rest = rest.slice(end + 1)
    return matchesFeature(feature, screen)
  }
  const value = condition()
  if (rest !== '') throw new Error(`left over: '${rest}' in '${media}'`)
  return value
}

function matchesFeature(feature: string, { width, em, features }: Screen): boolean {
  const px = (text = '') => Number.parseFloat(text) * (/r?em$/.test(text) ? em : 1)
  const plain = /^(min|max)-width: ?(\S+)$/.exec(feature)
  if (plain !== null) return plain[1] === 'min' ? width >= px(plain[2]) : width <= px(plain[2])
  const range = /^(\S+) <= width < (\S+)$/.exec(feature)
  if (range !== null) return px(range[1]) <= width && width < px(range[2])
  const open = /^width (<|>=) (\S+)$/.exec(feature)
  if (open !== null) return open[1] === '<' ? width < px(open[2]) : width >= px(open[2])
  return features.includes(feature)
}

const dark = 'prefers-color-scheme: dark'
const wide = 'orientation: landscape'

const pictures: readonly (readonly (string | undefined)[])[] = [
  ['(min-width: 1024px)', '(min-width: 640px)', undefined],
  ['(max-width: 640px)', '(max-width: 1024px)', undefined],
  ['(min-width: 640px)', '(min-width: 1024px)', undefined],
  ['(width >= 1024px)', '(40rem <= width < 64rem)', '(width < 320px)', undefined],
  [`(${dark}) and (min-width: 640px)`, `(${dark})`, '(min-width: 640px)', undefined],
  [`(${wide}), (min-width: 60em)`, `not ((${dark}) and (${wide}))`, undefined],
  [`((${wide}) or (${dark})) and (min-width: 640px)`, `(not (${wide})) and (max-width: 1023.98px)`, undefined],
  [undefined, '(min-width: 640px)', undefined],
]

const screens: readonly Screen[] = [
  300, 319.99, 320, 639, 639.99, 640, 640.008, 959.5, 960, 1023.985, 1024, 1024.01, 2000,
].flatMap((width) =>
  [16, 20].flatMap((em) => [[], [dark], [wide], [dark, wide]].map((features) => ({ width, em, features }))),
)

describe('toDisjointMedia', () => {
  test.each(pictures)(
    'exactly one of %s | %s | %s matches, and it is the first that the browser would pick',
    (...medias) => {
      const disjoint = toDisjointMedia(medias)
      for (const screen of screens) {
        const picked = medias.findIndex(
          (media) => media === undefined || media.split(', ').some((part) => matches(part, screen)),
        )
        const matching = disjoint.flatMap((media, index) => (matches(media, screen) ? [index] : []))
        expect(matching, `${JSON.stringify(screen)} in ${disjoint.join(' | ')}`).toEqual([picked])
      }
    },
  )

  test('keeps the usual ladder short', () => {
    expect(toDisjointMedia(['(min-width: 1024px)', '(min-width: 640px)', undefined])).toEqual([
      '(min-width: 1024px)',
      '(min-width: 640px) and (not (min-width: 1024px))',
      'not (min-width: 640px)',
    ])
  })

  test('treats screen as true and turns commas into or', () => {
    expect(toDisjointMedia([`screen and (${wide}), (min-width: 60em)`, undefined])).toEqual([
      `(${wide}) or (min-width: 60em)`,
      `(not (${wide})) and (not (min-width: 60em))`,
    ])
    expect(toDisjointMedia(['all', undefined])).toEqual([undefined, neverMatches])
  })

  test('does not take 40em for 640px, since users enlarge fonts', () => {
    expect(toDisjointMedia(['(min-width: 40em)', '(min-width: 640px)', undefined])[1]).toBe(
      '(min-width: 640px) and (not (min-width: 40em))',
    )
  })
})

describe('checkMedia', () => {
  test.each([
    '(min-width: 1024px)',
    '(40rem <= width < 64rem)',
    'screen and (orientation: landscape)',
    'only screen and (min-width: calc(10px + 2em))',
    '(prefers-color-scheme: dark) and (min-width: 640px)',
    'not (hover), (resolution >= 2dppx)',
    '(MIN-ASPECT-RATIO: 16/9)',
    '(width > 0)',
  ])('accepts %s', (media) => {
    expect(() => checkMedia(media, 'presets.hero.crops.wide.media')).not.toThrow()
  })

  test.each([
    ['', 'empty'],
    ['print', "'print'"],
    ['min-width: 640px', 'no media query'],
    ['(min-width: 640)', 'with a unit'],
    ['(min-wdth: 640px)', "did you mean 'min-width'"],
    ['(min-width: 640px', 'not closed'],
    ['(orientation: wide)', 'portrait, landscape'],
    ['(hover) and (color) or (grid)', 'no media query'],
    ['(10px < width > 3px)', 'no media feature'],
    ['screen,', 'empty'],
  ])('rejects %s', (media, reason) => {
    const error = catchError(() => checkMedia(media, 'presets.hero.crops.wide.media'))
    expect(isHeroError(error) && error.code).toBe('HERO_INVALID_MEDIA')
    expect(error?.message).toContain(`presets.hero.crops.wide.media is '${media}'`)
    expect(error?.message).toContain(reason)
  })
})

describe('viewportRange', () => {
  test('cuts the usual viewports at the breakpoints', () => {
    const medias = ['(min-width: 1024px)', '(min-width: 40em)', undefined]
    expect(medias.map((_, index) => viewportRange(medias, index))).toEqual([
      { min: 1024, max: 1920 },
      { min: 640, max: 1024 },
      { min: 320, max: 640 },
    ])
  })

  test('lets other features be true or false', () => {
    const medias = [`(${wide}) and (min-width: 800px)`, undefined]
    expect(viewportRange(medias, 0)).toEqual({ min: 800, max: 1920 })
    expect(viewportRange(medias, 1)).toEqual({ min: 320, max: 1920 })
  })

  test('follows the media beyond the usual viewports', () => {
    expect(viewportRange(['(min-width: 2560px)', undefined], 0)).toEqual({ min: 2560, max: 2560 })
    expect(viewportRange(['(min-width: 2560px)', undefined], 1)).toEqual({ min: 320, max: 2560 })
    expect(viewportRange(['(max-width: 300px)', undefined], 0)).toEqual({ min: 300, max: 300 })
  })

  test('gives a crop that is never shown the smallest viewport', () => {
    expect(viewportRange(['(min-width: 640px)', '(min-width: 1024px)', undefined], 1)).toEqual({ min: 320, max: 320 })
  })
})

function catchError(run: () => void): Error | undefined {
  try {
    run()
  } catch (error) {
    if (error instanceof Error) return error
  }
  return undefined
}
