import { expect, test } from 'vitest'
import { warningParts } from './explain.ts'

const box = { x: 0, y: 0, width: 0.5, height: 0.5 }
const part = (kind: string, share: number): { kind: string; box: typeof box; share: number } => ({ kind, box, share })

test('of several guesses at what stands out the one kept best speaks, everything that was detected for itself', () => {
  const parts = [part('face', 0.2), part('salient', 0.4), part('salient', 0.9), part('dog', 0.5), part('salient', 0.9)]
  expect(warningParts(parts)).toEqual([part('face', 0.2), part('salient', 0.9), part('dog', 0.5)])
  expect(warningParts([])).toEqual([])
})
