import { expect, test } from 'vitest'
import { createSlots } from './slots.ts'

/** Work that ends when it is told to. */
function createWork() {
  const begun: string[] = []
  const ends: (() => void)[] = []
  return {
    begun,
    work: (name: string) => async () => {
      begun.push(name)
      await new Promise<void>((resolve) => ends.push(resolve))
    },
    async endAll() {
      await new Promise((resolve) => setImmediate(resolve))
      while (ends.length > 0) {
        ends.shift()?.()
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}

test('owners have their turn one after the other, however much one of them wants', async () => {
  const slots = createSlots(['one'], 100)
  const { begun, work, endAll } = createWork()
  const wishes = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1']
  const all = wishes.map((name) => slots.use(name.charAt(0), work(name)))
  await endAll()
  await Promise.all(all)
  expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4'])
})

test('a thing is used by one at a time, given back by work that fails, and the one used last is used first', async () => {
  const slots = createSlots(['one', 'two'], 1)
  expect(await slots.use('a', (thing) => Promise.resolve(thing))).toBe('one')
  await expect(slots.use('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await slots.use('b', (thing) => Promise.resolve(thing))).toBe('one')
  const { begun, work, endAll } = createWork()
  const running = ['x', 'y', 'z'].map((name) => slots.use('a', work(name)))
  await new Promise((resolve) => setImmediate(resolve))
  await expect(slots.use('b', work('too many'))).rejects.toMatchObject({ code: 'unavailable' })
  expect(begun).toEqual(['x', 'y'])
  await endAll()
  await Promise.all(running)
  expect(begun).toEqual(['x', 'y', 'z'])
})
