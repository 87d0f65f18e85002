import type { HeroLock, LockedPhoto } from '@hero-image/core'
import { describe, expect, test } from 'vitest'
import { acceptPins, addPins, comparePhoto } from './compare.ts'

const at = (x: number) => ({ x, y: 0, width: 0.4, height: 0.8, by: 'faces', kept: 1 })
const photoOf = (crops: LockedPhoto['crops'], over: Partial<LockedPhoto> = {}): LockedPhoto => ({
  photo: 'ab'.repeat(32),
  detector: 'faces 1, finder 1',
  engine: '1.0.0',
  crops,
  ...over,
})
const pinned = photoOf({ '4:5': at(0.1), '2:1': at(0.2) })
const lock: HeroLock = { version: 1, crops: { 'a.jpg': pinned } }
const other = { photo: 'cd'.repeat(32) }

describe('a photo is', () => {
  test.each<[string, LockedPhoto, string[]]>([
    ['same', photoOf({ '4:5': at(0.1) }, { engine: '2.0.0', detector: 'faces 2, finder 3' }), []],
    ['new', photoOf({ '4:5': at(0.1), '1:1': at(0) }), ['1:1']],
    ['moved', photoOf({ '4:5': at(0.15), '1:1': at(0) }), ['4:5', '1:1']],
    ['other-photo', photoOf({ '4:5': at(0.1) }, other), ['4:5']],
    ['other-detector', photoOf({ '4:5': at(0.1) }, { detector: 'none, finder 1' }), []],
  ])('%s', (state, after, crops) => {
    const change = comparePhoto(lock, 'a.jpg', after)
    expect([change.state, change.crops.map(({ pin }) => pin)]).toEqual([state, crops])
  })

  test('new where nothing is pinned', () => {
    expect(comparePhoto(lock, 'b.jpg', pinned)).toMatchObject({ state: 'new', crops: [{ pin: '4:5' }, { pin: '2:1' }] })
  })
})

test('the shift is that of the edge that moved farthest', () => {
  const { crops } = comparePhoto(lock, 'a.jpg', photoOf({ '4:5': { ...at(0.1), x: 0, width: 0.7 } }))
  expect(crops[0]?.shift).toBeCloseTo(0.2, 9)
})

describe('pinning', () => {
  test('adds what is missing and moves nothing', () => {
    const after = addPins(
      lock,
      new Map([
        ['a.jpg', photoOf({ '4:5': at(0.5), '1:1': at(0) })],
        ['b.jpg', pinned],
      ]),
    )
    expect(after.crops).toEqual({ 'a.jpg': photoOf({ ...pinned.crops, '1:1': at(0) }), 'b.jpg': pinned })
  })

  test('leaves photos alone that changed', () => {
    expect(addPins(lock, new Map([['a.jpg', photoOf({ '4:5': at(0.5) }, other)]]))).toEqual(lock)
  })
})

describe('accepting', () => {
  test('takes what was computed and keeps pins that were not asked for', () => {
    const after = photoOf({ '4:5': at(0.5) }, { engine: '2.0.0' })
    expect(acceptPins(lock, new Map([['a.jpg', after]]), []).crops['a.jpg']).toEqual({
      ...after,
      crops: { '4:5': at(0.5), '2:1': at(0.2) },
    })
  })

  test('drops all pins of an earlier photo, and photos that are gone', () => {
    const after = photoOf({ '4:5': at(0.5) }, other)
    expect(acceptPins(lock, new Map([['a.jpg', after]]), []).crops).toEqual({ 'a.jpg': after })
    expect(acceptPins(lock, new Map(), ['a.jpg']).crops).toEqual({})
  })
})
