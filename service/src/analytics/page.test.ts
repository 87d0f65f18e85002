import { expect, test } from 'vitest'
import { toCountedPath, toReferrerHost } from './page.ts'

test.each([
  ['/', '/'],
  ['/docs/crops', '/docs/crops'],
  ['/reset?token=abc#x', '/reset'],
  ['/projects/prj_0198c2d7f0b17c7e9d3b0f4a6c1e2d3f/edit', '/projects/*/edit'],
  ['/projects/0198c2d7-f0b1-7c7e-9d3b-0f4a6c1e2d3f', '/projects/*'],
  ['/people/ada@example.org', '/people/*'],
  ['/people/ada%40example.org', '/people/*'],
  ['/orders/20261', '/orders/*'],
  [`/verify/${'x'.repeat(60)}`, '/verify/*'],
])('%s is counted as %s', (path, counted) => {
  expect(toCountedPath(path)).toBe(counted)
})

test('a path has an end', () => {
  expect(toCountedPath('/ab'.repeat(500))).toHaveLength(200)
})

test.each([
  ['https://www.search.example/?q=my+name', 'search.example'],
  ['http://hero.test/pricing', ''],
  ['https://www.hero.test/pricing', ''],
  ['android-app://com.example', ''],
  ['no address', ''],
  [undefined, ''],
])('of the referrer %s remains %s', (referrer, host) => {
  expect(toReferrerHost(referrer, 'hero.test')).toBe(host)
})
