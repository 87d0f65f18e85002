import { expect, test } from 'vitest'
import { faultOfStatus, faults } from './fault.ts'

test('what a gateway says is no word of the provider: it may be drawing, and is not asked again', () => {
  for (const status of [502, 504, 520, 522, 524])
    expect(faults[faultOfStatus(status)].again, String(status)).toBe(false)
  for (const status of [429, 500, 503, 529]) expect(faults[faultOfStatus(status)].again, String(status)).toBe(true)
})
