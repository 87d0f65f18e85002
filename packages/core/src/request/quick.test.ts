import { expect, test } from 'vitest'
import { resolveOptions } from '../options/resolve.ts'
import { chooseWidths } from '../variant/ladder.ts'
import { parseQuery } from './query.ts'
import { toQuickRequest } from './quick.ts'
import { resolveRequest } from './resolve.ts'

const quick = (query: string) =>
  toQuickRequest(resolveRequest(resolveOptions({}, '/project'), parseQuery(query, 'a.jpg'), 'a.jpg'))

test('one format, and the two widths that density 1 asks for', () => {
  const { formats, ladder, crops } = quick('?hero')
  expect(formats).toEqual(['webp'])
  expect(crops.length).toBeGreaterThan(1)
  expect(chooseWidths({ slots: { min: 320, max: 1920 }, available: 6000, ladder })).toEqual([320, 1920])
})

test('of widths written by hand the smallest and the largest', () => {
  for (const { widths } of quick('?hero&widths=900,300,600').crops) expect(widths).toEqual([300, 900])
  for (const { widths } of quick('?hero&widths=300').crops) expect(widths).toEqual([300, 300])
})

test('crops that zoom lie where they lie in the build', () => {
  const request = resolveRequest(resolveOptions({}, '/project'), parseQuery('?text=left&hero', 'a.jpg'), 'a.jpg')
  expect(request.crops.map(({ leastWidth }) => leastWidth)).toEqual([3840, 2048, 1280])
  expect(quick('?text=left&hero').crops).toEqual(request.crops)
})
