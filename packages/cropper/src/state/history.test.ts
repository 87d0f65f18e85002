import { describe, expect, test } from 'vitest'
import { type History, type HistoryAction, reduceHistory, shown, startHistory } from './history.ts'

const equal = (one: number, other: number) => one === other
const run = (...actions: HistoryAction<number>[]): History<number> =>
  actions.reduce((history, action) => reduceHistory(history, action, equal), startHistory(0))
const set = (value: number): HistoryAction<number>[] => [{ type: 'draft', value }, { type: 'commit' }]

test('a drag is one step, however many positions it passes', () => {
  const history = run(
    { type: 'draft', value: 1 },
    { type: 'draft', value: 2 },
    { type: 'draft', value: 3 },
    { type: 'commit' },
  )
  expect(history).toEqual({ past: [0], present: 3, future: [] })
})

test('a draft is shown, and a cancelled one leaves no trace', () => {
  expect(shown(run({ type: 'draft', value: 5 }))).toBe(5)
  expect(run({ type: 'draft', value: 5 }, { type: 'cancel' })).toEqual(startHistory(0))
})

test('a drag that ends where it began is no step', () => {
  expect(run({ type: 'draft', value: 5 }, { type: 'draft', value: 0 }, { type: 'commit' })).toEqual(startHistory(0))
})

describe('undo and redo', () => {
  test('go there and back', () => {
    expect(run(...set(1), ...set(2), { type: 'undo' })).toEqual({ past: [0], present: 1, future: [2] })
    expect(run(...set(1), ...set(2), { type: 'undo' }, { type: 'undo' }, { type: 'redo' }, { type: 'redo' })).toEqual({
      past: [0, 1],
      present: 2,
      future: [],
    })
  })

  test('stop at both ends', () => {
    expect(run({ type: 'undo' }, { type: 'redo' })).toEqual(startHistory(0))
  })

  test('a new step forgets what was undone', () => {
    expect(run(...set(1), { type: 'undo' }, ...set(2)).future).toEqual([])
  })

  test('drop a draft', () => {
    expect(shown(run(...set(1), { type: 'draft', value: 9 }, { type: 'undo' }))).toBe(0)
  })
})

test('two hundred steps are kept', () => {
  const history = run(...Array.from({ length: 300 }, (_, index) => set(index + 1)).flat())
  expect(history.past).toHaveLength(200)
  expect(history.past[0]).toBe(100)
})

describe('a value from the host', () => {
  test('begins anew', () => {
    expect(run(...set(1), { type: 'load', value: 7 })).toEqual(startHistory(7))
  })

  test('that is already there keeps the steps, so that saving can be undone', () => {
    expect(run(...set(1), { type: 'load', value: 1 }).past).toEqual([0])
  })
})
