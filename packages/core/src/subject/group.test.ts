import { expect, test } from 'vitest'
import type { DetectedBox } from '../types.ts'
import { groupBoxes } from './group.ts'

const sharp = { of: (): number => 1 }
const found = (label: string, x: number, y: number, width: number, height: number, score = 0.9): DetectedBox => ({
  label,
  score,
  box: { x, y, width, height },
})

test('of two people alike both are the subject, faces first', () => {
  const people = [found('person', 0.1, 0.2, 0.2, 0.8), found('person', 0.6, 0.2, 0.2, 0.8)]
  const faces = [found('face', 0.15, 0.25, 0.1, 0.15), found('face', 0.65, 0.25, 0.1, 0.15)]
  const group = groupBoxes([...people, ...faces], sharp)
  expect(group.map(({ kind }) => kind)).toEqual(['face', 'face', 'person', 'person'])
})

test('a far smaller person in the background is not part of it, nor is their face', () => {
  const group = groupBoxes(
    [
      found('person', 0.3, 0.1, 0.4, 0.9),
      found('face', 0.4, 0.15, 0.2, 0.25),
      found('person', 0.92, 0.5, 0.03, 0.1),
      found('face', 0.925, 0.5, 0.02, 0.03),
    ],
    sharp,
  )
  expect(group.map(({ box }) => box.x)).toEqual([0.4, 0.3])
})

test('of two people side by side the one in focus comes first, wherever it stands', () => {
  for (const [blurred, clear] of [
    [0.1, 0.6],
    [0.6, 0.1],
  ] as const) {
    const meter = { of: ({ x }: { x: number }): number => (x === blurred ? 0.05 : 1) }
    const both = [found('person', blurred, 0.2, 0.3, 0.8), found('person', clear, 0.2, 0.3, 0.8)]
    expect(groupBoxes(both, meter)[0]?.box.x).toBe(clear)
  }
})

test('of two people the larger comes first, however sure the detector is of either', () => {
  const larger = [found('person', 0.1, 0.2, 0.3, 0.7, 0.56), found('face', 0.2, 0.2, 0.1, 0.16, 0.56)]
  const surer = [found('person', 0.6, 0.2, 0.28, 0.7, 0.99), found('face', 0.7, 0.2, 0.09, 0.15, 0.99)]
  expect(groupBoxes([...surer, ...larger], sharp).map(({ box }) => box.x)).toEqual([0.2, 0.7, 0.1, 0.6])
})

test('things that live before things that do not, whatever their order', () => {
  const both = [found('chair', 0.1, 0.3, 0.4, 0.4), found('dog', 0.5, 0.3, 0.4, 0.4)]
  for (const list of [both, both.toReversed()]) {
    expect(groupBoxes(list, sharp).map(({ kind }) => kind)).toEqual(['dog'])
  }
})

test('nothing found, nothing grouped', () => {
  expect(groupBoxes([], sharp)).toEqual([])
})

test('a face whose body was not found matters more than a figure, but not when it is tiny', () => {
  const figure = found('figure', 0.1, 0.3, 0.5, 0.6, 0.65)
  expect(groupBoxes([found('face', 0.7, 0.2, 0.1, 0.1, 0.7), figure], sharp)[0]?.kind).toBe('face')
  expect(groupBoxes([found('face', 0.7, 0.2, 0.02, 0.02, 0.7), figure], sharp)[0]?.kind).toBe('figure')
})

test('a rider and the horse are one subject, a horse apart from a person is not', () => {
  const rider = found('person', 0.4, 0.1, 0.2, 0.5)
  const under = found('horse', 0.3, 0.4, 0.4, 0.5)
  const apart = found('horse', 0.75, 0.5, 0.2, 0.4)
  expect(groupBoxes([rider, under], sharp)).toHaveLength(2)
  expect(groupBoxes([rider, apart], sharp)).toHaveLength(1)
})
