import { expect, test } from 'vitest'
import { liftUrls } from './lift-urls.ts'

const at = (name: string): string => `url("./a.jpg?hero-v=${name}&hero-of=x&hero-css")`

test('our URLs leave image-set() for properties beside it', () => {
  expect(
    liftUrls(`.a { --p: ${at('f')}; } .b { --p: image-set(${at('1')} 1x, ${at('2')} type("image/webp") 2x) }`),
  ).toBe(
    `.a { --p: ${at('f')}; } .b { --p-0: ${at('1')}; --p-1: ${at('2')}; --p: image-set(var(--p-0) 1x, var(--p-1) type("image/webp") 2x) }`,
  )
})

test('also where it stands among other values, as in keyframes', () => {
  expect(liftUrls(`from { background: red image-set(${at('1')} 1x) center; color: red }`)).toBe(
    `from { --hero-background-0: ${at('1')}; background: red image-set(var(--hero-background-0) 1x) center; color: red }`,
  )
})

test.each([
  '.a { background: image-set(url("./mine.jpg") 1x, "./other.jpg" 2x) }',
  '@supports (background-image: image-set("#" type("image/avif"))) { .a { color: red } }',
  `.a { background: ${at('1')} }`,
])('all else stays as it is: %s', (css) => {
  expect(liftUrls(css)).toBe(css)
})
