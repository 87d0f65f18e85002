/** What the finder finds in photos and in pictures that are none. */
import { beforeAll, describe, expect, test } from 'vitest'
import { readModels } from '../../src/source/models.ts'
import { createDetector } from '../../src/subject/detectors.ts'
import { findSubject } from '../../src/subject/find.ts'
import type { Detect, RelativeRect, RgbRaster, Subject, SubjectBox } from '../../src/types.ts'
import { drawRaster, mapRaster, mirrorBoxes, mirrorRaster, overlapOf, readPhoto } from './rasters.ts'

let detect: Detect
beforeAll(async () => {
  detect = await createDetector(await readModels())
})

const boxesOf = ({ boxes }: Subject, kind: string): readonly SubjectBox[] => boxes.filter((box) => box.kind === kind)
const rect = (x: number, y: number, width: number, height: number): RelativeRect => ({ x, y, width, height })

describe('photos', () => {
  test('two people side by side are found with both faces, and six points each', async () => {
    const subject = await findSubject(await readPhoto('two-people'), detect)
    expect(subject.by).toBe('faces')
    const faces = boxesOf(subject, 'face')
    const truth = [rect(0.225, 0.165, 0.075, 0.15), rect(0.355, 0.24, 0.085, 0.15)]
    expect(faces).toHaveLength(2)
    for (const face of truth) expect(faces.some(({ box }) => overlapOf(box, face) > 0.4)).toBe(true)
    for (const { points = [], box } of faces) {
      const [rightEye, leftEye, nose, mouth] = points
      expect(points).toHaveLength(6)
      expect(rightEye?.x).toBeLessThan(leftEye?.x ?? 0)
      expect(nose?.y).toBeLessThan(mouth?.y ?? 0)
      expect(mouth?.y).toBeLessThan(box.y + box.height)
    }
    const [person] = boxesOf(subject, 'person')
    expect(overlapOf(person?.box ?? rect(0, 0, 0, 0), rect(0.1, 0.08, 0.44, 0.92))).toBeGreaterThan(0.9)
  })

  test('a dark portrait is found', async () => {
    const subject = await findSubject(await readPhoto('low-light'), detect)
    expect(boxesOf(subject, 'face')).toHaveLength(1)
  })

  test('a clear figure without a face is found, and is not called a person', async () => {
    const subject = await findSubject(await readPhoto('teddy-bear'), detect)
    expect(subject.by).toBe('figure')
    expect(overlapOf(subject.boxes[0]?.box ?? rect(0, 0, 0, 0), rect(0.565, 0.315, 0.38, 0.5))).toBeGreaterThan(0.8)
  })

  test('beside such a figure stands what stands out, as further guesses at the same thing', async () => {
    const subject = await findSubject(await readPhoto('teddy-bear'), detect)
    const alone = await findSubject(await readPhoto('teddy-bear'), (rgb) => detect(rgb))
    expect(alone.boxes.map(({ kind }) => kind)).toEqual(['figure'])
    expect(subject.boxes[0]).toEqual({ ...alone.boxes[0], weight: 0.5 })
    expect(subject.boxes.slice(1).map(({ kind }) => kind)).toContain('salient')
  })

  test('where a face is found nothing else is asked', async () => {
    const subject = await findSubject(await readPhoto('low-light'), detect)
    expect(boxesOf(subject, 'salient')).toEqual([])
  })

  test('where no detector sees anything, what stands out is a subject of little certainty', async () => {
    const subject = await findSubject(await readPhoto('lighthouse'), () => [])
    expect(subject.by).toBe('saliency')
    expect(subject.boxes[0]?.score).toBeLessThanOrEqual(0.5)
  })

  test('there the networks have opinions of their own, and the first one is as without them', async () => {
    const photo = await readPhoto('lighthouse')
    const { hints } = detect
    const seesNothing: Detect = Object.assign(() => [], hints === undefined ? {} : { hints })
    const [alone, informed] = [await findSubject(photo), await findSubject(photo, seesNothing)]
    expect(informed.by).toBe('saliency')
    expect(informed.boxes.length).toBeGreaterThan(alone.boxes.length)
    expect(informed.boxes[0]?.box).toEqual(alone.boxes[0]?.box)
    const [score] = informed.boxes.map((box) => box.score)
    for (const box of informed.boxes) expect(box).toMatchObject({ kind: 'salient', weight: 1, score })
  })

  test('saliency is always there, in at most 48 cells a side', async () => {
    const { saliency } = await findSubject(await readPhoto('two-people'), detect)
    expect(saliency).toMatchObject({ width: 48, height: 32 })
    expect(Buffer.from(saliency?.data ?? '', 'base64')).toHaveLength(48 * 32)
  })
})

describe.each(['two-people', 'low-light', 'teddy-bear', 'lighthouse'])('%s', (name) => {
  test('the same pixels give the same subject', async () => {
    const photo = await readPhoto(name)
    const [first, again] = [await findSubject(photo, detect), await findSubject(photo, detect)]
    expect(again).toEqual(first)
    expect(await findSubject(photo, await createDetector(await readModels()))).toEqual(first)
  })

  test('the mirrored photo has the mirrored subject, exactly', async () => {
    const photo = await readPhoto(name)
    const straight = await findSubject(photo, detect)
    const mirrored = await findSubject(mirrorRaster(photo), detect)
    expect(mirrored.boxes).toEqual(mirrorBoxes(straight))
    const rows = (grid: Subject['saliency']): number[][] => {
      const cells = [...Buffer.from(grid?.data ?? '', 'base64')]
      return Array.from({ length: grid?.height ?? 0 }, (_, y) => cells.slice(y * 48, y * 48 + (grid?.width ?? 0)))
    }
    if (straight.saliency?.width === 48)
      expect(rows(mirrored.saliency)).toEqual(rows(straight.saliency).map((row) => row.toReversed()))
  })

  test.each([
    ['half the light', (value: number) => value * 0.5],
    ['a third more light', (value: number) => value * 1.33],
    ['gamma 0.7', (value: number) => 255 * (value / 255) ** 0.7],
    ['gamma 1.5', (value: number) => 255 * (value / 255) ** 1.5],
  ])('%s keeps who is kept', async (_, change) => {
    const photo = await readPhoto(name)
    const before = await findSubject(photo, detect)
    const after = await findSubject(mapRaster(photo, change), detect)
    expect(after.by).toBe(before.by)
    for (const kind of ['face', 'person', 'figure']) {
      const [kept, found] = [boxesOf(before, kind), boxesOf(after, kind)]
      expect(found).toHaveLength(kept.length)
      for (const { box } of kept) expect(found.some((other) => overlapOf(other.box, box) > 0.5)).toBe(true)
    }
  })
})

describe('pictures that are no photos', () => {
  const inside = ({ x, y, width, height }: RelativeRect): boolean =>
    x >= 0 && y >= 0 && width >= 0 && height >= 0 && x + width <= 1 && y + height <= 1

  test.each<[string, RgbRaster]>([
    ['one pixel', drawRaster(1, 1, () => [9, 9, 9])],
    ['one row', drawRaster(64, 1, () => [90, 90, 90])],
    ['all black', drawRaster(64, 48, () => [0, 0, 0])],
  ])('%s: the centre', async (_, raster) => {
    expect((await findSubject(raster, detect)).by).toBe('centre')
    expect((await findSubject(raster)).by).toBe('centre')
  })

  test.each<[string, RgbRaster]>([
    ['a panorama of 20:1', drawRaster(500, 25, (x, y) => [x % 256, (y * 9) % 256, (x * y) % 256])],
    ['a tower of 1:20', drawRaster(25, 500, (x, y) => [y % 256, (x * 9) % 256, (x * y) % 256])],
    [
      'noise',
      drawRaster(120, 90, (x, y) => [0, 1, 2].map((c) => ((x * 7919 + y * 104_729 + c * 31) * 2_654_435_761) % 251)),
    ],
    ['two pixels', drawRaster(2, 1, (x) => [255 * x, 0, 0])],
  ])('%s: boxes inside the picture', async (_, raster) => {
    const { boxes } = await findSubject(raster, detect)
    expect(boxes.length).toBeGreaterThan(0)
    expect(boxes.every(({ box }) => inside(box))).toBe(true)
  })

  test('a disc is found without any detector, wherever it lies', async () => {
    for (const [atX, atY] of [
      [60, 40],
      [180, 90],
    ] as const) {
      const raster = drawRaster(240, 160, (x, y) => (Math.hypot(x - atX, y - atY) < 20 ? [230, 30, 30] : [30, 40, 90]))
      const subject = await findSubject(raster)
      expect(subject.by).toBe('saliency')
      const truth = rect((atX - 20) / 240, (atY - 20) / 160, 40 / 240, 40 / 160)
      expect(overlapOf(subject.boxes[0]?.box ?? rect(0, 0, 0, 0), truth)).toBeGreaterThan(0.5)
    }
  })
})
