import { expect, test } from 'vitest'
import { planPrune } from './prune.ts'
import type { StoredEntry } from './walk.ts'

const entry = (file: string, bytes: number, usedAt: number): StoredEntry => ({ room: 'variant', file, bytes, usedAt })
const entries = [entry('new', 10, 900), entry('old', 30, 100), entry('middle', 20, 500)]
const namesOf = (some: readonly StoredEntry[]): readonly string[] => some.map(({ file }) => file)

test('without limits nothing goes', () => {
  expect(planPrune(entries, { now: 1e15 })).toEqual([])
})

test('what was not used for too long goes', () => {
  expect(namesOf(planPrune(entries, { maxAgeMs: 500, now: 1000 }))).toEqual(['old'])
  expect(namesOf(planPrune(entries, { maxAgeMs: 499, now: 1000 }))).toEqual(['old', 'middle'])
})

test('what was used longest ago goes until the rest fits', () => {
  expect(namesOf(planPrune(entries, { maxBytes: 60, now: 1000 }))).toEqual([])
  expect(namesOf(planPrune(entries, { maxBytes: 59, now: 1000 }))).toEqual(['old'])
  expect(namesOf(planPrune(entries, { maxBytes: 29, now: 1000 }))).toEqual(['old', 'middle'])
  expect(namesOf(planPrune(entries, { maxBytes: 0, now: 1000 }))).toEqual(['old', 'middle', 'new'])
})

test('what goes by age counts towards the size', () => {
  expect(namesOf(planPrune(entries, { maxAgeMs: 500, maxBytes: 30, now: 1000 }))).toEqual(['old'])
})
