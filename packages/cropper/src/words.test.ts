import type { Placement } from '@hero-image/core'
import { expect, test } from 'vitest'
import {
  byText,
  confidenceText,
  foundText,
  luminanceText,
  outcomeText,
  percent,
  ratioText,
  reasonText,
  rectText,
} from './words.ts'

const placement: Placement = {
  rect: { left: 0, top: 0, width: 1, height: 1 },
  by: 'faces',
  confidence: 0.9,
  kept: 0.945,
  parts: [],
  reason: 'keeps 2 of 2 faces; subject 94 %',
  warnings: [],
}

test.each([
  [2, '2:1'],
  [16 / 9, '16:9'],
  [0.8, '4:5'],
  [21 / 9, '7:3'],
  [1200 / 630, '40:21'],
  [1.234567, '1.23:1'],
  [0, 'as the photo'],
])('ratio %d is %s', (ratio, text) => {
  expect(ratioText(ratio)).toBe(text)
})

test('shares have one decimal where they have one', () => {
  expect([0.5, 0.3333, 1].map(percent)).toEqual(['50\u00a0%', '33.3\u00a0%', '100\u00a0%'])
  expect(rectText({ x: 0, y: 0.25, width: 0.5, height: 0.125 })).toBe(
    '0\u00a0% from left, 25\u00a0% from top, 50\u00a0% wide, 12.5\u00a0% high',
  )
})

test('who placed a crop, detectors of the user by their name', () => {
  expect(byText('faces')).toBe('Follows the faces')
  expect(byText('cat-finder')).toBe('Follows what cat-finder found')
  expect(byText('constructor')).toBe('Follows what constructor found')
})

test('how sure', () => {
  expect([0.9, 0.5, 0.1].map(confidenceText)).toEqual(['Sure (90 %)', 'Fairly sure (50 %)', 'Unsure (10 %)'])
})

test('a reason is a sentence', () => {
  expect(reasonText(placement)).toBe('Keeps 2 of 2 faces; subject 94\u00a0%.')
  expect(reasonText({ ...placement, reason: '' })).toBe('Keeps 95\u00a0% of the subject.')
})

test('what was found is counted', () => {
  const box = { x: 0, y: 0, width: 1, height: 1 }
  const found = (...kinds: string[]) => foundText({ by: 'x', boxes: kinds.map((kind) => ({ kind, box, weight: 1 })) })
  expect(found('face', 'face', 'person')).toBe('2 faces, 1 person')
  expect(found('person', 'person')).toBe('2 people')
  expect(found('salient')).toBe('1 salient part')
  expect(found('salient', 'salient')).toBe('1 salient part')
  expect(found()).toBe('nothing certain')
})

test('which text reads on a zone', () => {
  expect(luminanceText({ box: { x: 0, y: 0, width: 1, height: 1 }, luminance: 0.6 })).toContain('dark text')
  expect(luminanceText({ box: { x: 0, y: 0, width: 1, height: 1 }, luminance: 0.05 })).toContain('light text')
})

test('a change is announced with what it did', () => {
  expect(outcomeText('Focus set', [{ label: 'wide', open: [] }])).toBe('Focus set. No warnings.')
  const tall = { label: 'tall', open: ['face-cut', 'subject-cut'] } as const
  expect(outcomeText('Focus set', [tall])).toBe('Focus set. tall: A face is cut. tall: Subject cut.')
})
