import { expect, test } from 'vitest'
import { planBuffers } from './buffers.ts'

test('buffers share memory when they do not live at the same time, and never otherwise', () => {
  const needs = [
    { bytes: 100, first: 0, last: 1 },
    { bytes: 60, first: 1, last: 2 },
    { bytes: 100, first: 2, last: 3 },
    { bytes: 20, first: 0, last: 3 },
  ]
  const { offsets, bytes } = planBuffers(needs)
  expect(offsets).toEqual([0, 112, 0, 176])
  expect(bytes).toBe(208)
})
