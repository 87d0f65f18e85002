import { expect, test } from 'vitest'
import { decide, place } from './placement.ts'

const photo = { src: '', width: 1200, height: 500, hash: 'f'.repeat(64) }
const crop = { preset: 'hero', name: 'square', ratio: 1 }
const subject = { by: 'faces', boxes: [{ kind: 'face', box: { x: 0.1, y: 0.3, width: 0.1, height: 0.3 }, weight: 1 }] }
const right = { focus: { x: 0.9, y: 0.5 } }
const left = { focus: { x: 0.1, y: 0.5 } }
const at = (given: object) => {
  const request = { photo, crop, subject, sidecar: {}, locked: undefined, preview: undefined, ...given }
  return place(request, decide(request))
}

test('import before sidecar before config before what was found', () => {
  const query = { ...crop, query: right }
  const config = { ...crop, config: right }
  expect(at({}).placement.rect.left).toBeLessThan(200)
  expect(at({ crop: config }).placement).toMatchObject({ rect: { left: 700 } })
  expect(at({ crop: config, sidecar: left }).placement).toMatchObject({ rect: { left: 0 } })
  expect(at({ crop: query, sidecar: left }).placement).toMatchObject({ rect: { left: 700 } })
})

test('a sidecar for another photo is said, one without a photo is not', () => {
  const warnings = (sidecar: object) => at({ sidecar }).open
  expect(warnings({ ...left, photo: 'e'.repeat(64) })).toContain('photo-changed')
  expect(warnings({ ...left, photo: photo.hash })).not.toContain('photo-changed')
  expect(warnings(left)).not.toContain('photo-changed')
  const unknown = { src: '', width: 1200, height: 500 }
  expect(at({ photo: unknown, sidecar: { ...left, photo: 'e'.repeat(64) } }).open).not.toContain('photo-changed')
})

test('whoever gave the exact rectangle has looked at it', () => {
  const beside = { crops: { square: { x: 0.55, y: 0, width: 0.4167, height: 1 } } }
  const { placement, open } = at({ sidecar: beside })
  expect(placement.warnings).not.toEqual([])
  expect(open).toEqual([])
})

test('zooming stops where the build stops', () => {
  const width = (leastWidth?: number): number =>
    at({ sidecar: { zoom: 0.65 }, crop: { ...crop, leastWidth }, photo: { ...photo, height: 1200 } }).placement.rect
      .width
  expect(width()).toBeLessThan(1100)
  expect(width(1100)).toBeGreaterThanOrEqual(1100)
  expect(width(3840)).toBe(1200)
})
