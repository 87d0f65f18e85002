import { expect, test } from 'vitest'
import { Session } from './session.ts'
import { withFocus, withRect } from './state/decide.ts'

const photo = { src: 'a.jpg', width: 1200, height: 500, hash: 'f'.repeat(64) }
const square = { preset: 'hero', name: 'square', ratio: 1 }
const tall = { preset: 'hero', name: 'tall', ratio: 0.8 }
const given = {
  photo,
  crops: [square, tall],
  subject: { by: 'centre', boxes: [] },
  preview: undefined,
  locked: undefined,
}
const right = { x: 0.9, y: 0.5 }
const focus = (session: Session) => session.draft((before) => withFocus(before, right))
const lefts = (session: Session) => session.placed.map(({ placement }) => placement.rect.left)

test('a draft moves crops and decides nothing; committed, it is what a save would write', () => {
  const session = new Session(given, {})
  focus(session)
  expect(lefts(session)).toEqual([700, 800])
  expect(session.settledRect('hero/square').x).toBeCloseTo(350 / 1200)
  expect(session.written).toEqual({})
  expect(session.commit('Focus set')).toBe(true)
  expect(session.written).toEqual({ focus: right, photo: photo.hash })
  expect(session.unsaved).toBe(true)
})

test('what ends where it began is no news', () => {
  const session = new Session(given, { focus: right })
  focus(session)
  expect(session.commit('Focus set')).toBe(false)
  expect(session.unsaved).toBe(false)
})

test('what was saved can be undone, and then it is not saved any more', () => {
  const session = new Session(given, {})
  focus(session)
  session.commit('Focus set')
  session.load(session.written)
  expect(session.unsaved).toBe(false)
  expect(session.undo()).toBe(true)
  expect(session.written).toEqual({})
  expect(session.unsaved).toBe(true)
})

test('another subject or other crops leave decisions and steps as they are', () => {
  const session = new Session(given, {})
  focus(session)
  session.commit('Focus set')
  session.receive({ ...given, crops: [tall] })
  expect(lefts(session)).toEqual([800])
  expect(session.canUndo).toBe(true)
})

test('while one crop is dragged, the others are not placed again', () => {
  const session = new Session(given, {})
  const [, before] = session.placed
  session.draft((sidecar) => withRect(sidecar, square, { x: 0, y: 0, width: 0.2, height: 0.48 }))
  const [moved, after] = session.placed
  expect(moved?.placement.rect).toEqual({ left: 0, top: 0, width: 240, height: 240 })
  expect(after?.placement).toBe(before?.placement)
})

test('decisions for another photo are told apart until they are saved for this one', () => {
  const session = new Session(given, { focus: right, photo: 'e'.repeat(64) })
  expect(session.foreign).toBe(true)
  expect(session.placed[0]?.open).toContain('photo-changed')
  session.load(session.written)
  expect(session.foreign).toBe(false)
  expect(session.placed[0]?.open).not.toContain('photo-changed')
})

test('the same news twice is read out twice', () => {
  const session = new Session(given, {})
  const heard = [0.2, 0.8].map((x) => {
    session.draft((before) => withFocus(before, { x, y: 0.5 }))
    session.commit('Focus set')
    return session.said
  })
  expect(new Set(heard).size).toBe(2)
})
