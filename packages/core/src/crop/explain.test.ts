import { expect, test } from 'vitest'
import { warningParts } from './explain.ts'

const box = { x: 0, y: 0, width: 0.5, height: 0.5 }
const part = (kind: string, share: number): { kind: string; box: typeof box; share: number } => ({ kind, box, share })

test('of several guesses at what stands out the one kept best speaks, everything that was detected for itself', () => {
  const parts = [part('face', 0.2), part('salient', 0.4), part('salient', 0.9), part('dog', 0.5), part('salient', 0.9)]
  expect(warningParts(parts)).toEqual([part('face', 0.2), part('salient', 0.9), part('dog', 0.5)])
  expect(warningParts([])).toEqual([])
})

test('a figure is one of the guesses where there are others, and speaks for itself where there are none', () => {
  const figure = part('figure', 0.8)
  expect(warningParts([figure, part('salient', 0.4)])).toEqual([figure])
  expect(warningParts([figure, part('salient', 0.9)])).toEqual([part('salient', 0.9)])
  expect(warningParts([figure, part('figure', 0.3)])).toEqual([figure, part('figure', 0.3)])
})
