import { describe, expect, test } from 'vitest'
import { resolveOptions } from '../options/resolve.ts'
import { toWholeRequest } from './whole.ts'

describe('the whole photo', () => {
  const options = resolveOptions({ photos: { '**': { limits: { x: 0, y: 0, width: 0.5, height: 0.5 } } } }, '/project')

  test('is as wide as its long side allows, whatever the config says', () => {
    const wide = toWholeRequest(options, { width: 4000, height: 3000 }, 2000)
    const tall = toWholeRequest(options, { width: 3000, height: 4000 }, 2000)
    expect([wide.crops[0]?.widths, tall.crops[0]?.widths]).toEqual([[2000], [1500]])
    expect(wide).toMatchObject({ query: {}, config: {}, formats: ['webp'] })
  })

  test('is never enlarged, and never narrower than a pixel', () => {
    expect(toWholeRequest(options, { width: 300, height: 200 }, 2000).crops[0]?.widths).toEqual([300])
    expect(toWholeRequest(options, { width: 1, height: 9000 }, 960).crops[0]?.widths).toEqual([1])
  })
})
