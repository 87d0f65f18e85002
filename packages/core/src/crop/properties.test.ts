import { describe, expect, test } from 'vitest'
import { createRandom } from '../../test/robust/fixtures/random.ts'
import type { Focus, Grid, Rect, RelativeRect, RgbRaster, Size, Subject, SubjectBox, TextZone } from '../types.ts'
import type { Overrides } from './overrides.ts'
import { type PlaceInput, placeCrop } from './place.ts'

/** Photos, subjects and decisions of all kinds. */
function generate(seed: number, rounds: number): PlaceInput[] {
  const random = createRandom(seed)
  const share = (): number => [0, 1, random(), random(), random()][Math.floor(random() * 5)] ?? 0
  const pick = <T>(...values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)]
  const box = (): RelativeRect => {
    const [x, y] = [share() * 0.99, share() * 0.99]
    return { x, y, width: (1 - x) * Math.max(random(), 1e-3), height: (1 - y) * Math.max(random(), 1e-3) }
  }
  const found = (): SubjectBox => ({
    kind: pick('face', 'face', 'person', 'figure', 'dog', 'salient') ?? 'face',
    box: box(),
    weight: 0.1 + random() * 3,
    score: random(),
    sharpness: random(),
  })
  const grid = (): Grid => {
    const [width, height] = [1 + Math.floor(random() * 48), 1 + Math.floor(random() * 48)]
    return {
      width,
      height,
      data: btoa(Array.from({ length: width * height }, () => String.fromCharCode(random() * 256)).join('')),
    }
  }
  const focus = (): Focus => ({
    x: share(),
    y: share(),
    ...(random() < 0.5 ? { width: random(), height: random() } : {}),
  })
  const text = (): TextZone => pick<TextZone>('left', 'right', 'top', 'bottom', 'auto', box()) ?? 'auto'
  return Array.from({ length: rounds }, (): PlaceInput => {
    const photo = { width: 1 + Math.floor(random() ** 3 * 7000), height: 1 + Math.floor(random() ** 3 * 7000) }
    const overrides: Overrides = {
      by: 'sidecar',
      ...(random() < 0.1 ? { rect: box() } : {}),
      ...(random() < 0.2 ? { focus: focus() } : {}),
      ...(random() < 0.2 ? { limits: box() } : {}),
      ...(random() < 0.15 ? { text: text() } : {}),
      ...(random() < 0.1 ? { zoom: 0.65 + random() * 0.35 } : {}),
    }
    return {
      photo,
      crop: { ratio: random() < 0.1 ? 0 : 0.05 * 400 ** random() },
      subject: {
        by: 'found',
        boxes: Array.from({ length: Math.floor(random() * 4) }, found),
        ...(random() < 0.5 ? { saliency: grid() } : {}),
      },
      overrides,
      leastWidth: Math.ceil(random() * photo.width),
    }
  })
}

const mirrorBox = ({ x, width, ...rest }: RelativeRect): RelativeRect => ({ ...rest, x: 1 - x - width, width })

function mirrorText(text: TextZone): TextZone {
  if (typeof text === 'object') return mirrorBox(text)
  return text === 'left' ? 'right' : text === 'right' ? 'left' : text
}

function mirrorGrid({ width, height, data }: Grid): Grid {
  const bytes = atob(data)
  const turned = Array.from(bytes, (_, at) => bytes.charAt(at - (at % width) + width - 1 - (at % width)))
  return { width, height, data: btoa(turned.join('')) }
}

function mirrorSubject({ by, boxes, saliency }: Subject): Subject {
  return {
    by,
    boxes: boxes.map((each) => ({ ...each, box: mirrorBox(each.box) })),
    ...(saliency === undefined ? {} : { saliency: mirrorGrid(saliency) }),
  }
}

function mirror(input: PlaceInput): PlaceInput {
  const { rect, focus, limits, text } = input.overrides
  return {
    ...input,
    subject: mirrorSubject(input.subject),
    overrides: {
      ...input.overrides,
      ...(rect === undefined ? {} : { rect: mirrorBox(rect) }),
      ...(focus === undefined ? {} : { focus: { ...focus, x: 1 - focus.x } }),
      ...(limits === undefined ? {} : { limits: mirrorBox(limits) }),
      ...(text === undefined ? {} : { text: mirrorText(text) }),
    },
  }
}

const mirrorRect = (photo: Size, rect: Rect): Rect => ({ ...rect, left: photo.width - rect.left - rect.width })

describe('over generated photos, subjects and decisions', () => {
  const inputs = generate(11, 1500)

  test('whole pixels inside the photo and its limits, in the ratio asked for', () => {
    for (const input of inputs) {
      const { photo, crop, overrides } = input
      const { rect, kept, confidence, parts } = placeCrop(input)
      const what = JSON.stringify({ photo, crop, overrides, rect })
      expect(Object.values(rect).every(Number.isInteger), what).toBe(true)
      expect(Math.min(rect.left, rect.top), what).toBeGreaterThanOrEqual(0)
      expect(Math.min(rect.width, rect.height), what).toBeGreaterThanOrEqual(1)
      expect(rect.left + rect.width, what).toBeLessThanOrEqual(photo.width)
      expect(rect.top + rect.height, what).toBeLessThanOrEqual(photo.height)
      for (const share of [kept, confidence, ...parts.map((part) => part.share)]) {
        expect(share >= 0 && share <= 1, what).toBe(true)
      }
      // As near to the ratio as whole pixels come.
      if (crop.ratio !== 0 && rect.width > 1 && rect.height > 1) {
        const off = Math.min(
          Math.abs(rect.width - rect.height * crop.ratio),
          Math.abs(rect.width / crop.ratio - rect.height),
        )
        expect(off, what).toBeLessThanOrEqual(0.5 + 1e-6)
      }
      const { limits } = overrides
      if (limits !== undefined && overrides.rect === undefined) {
        expect(rect.left, what).toBeGreaterThanOrEqual(Math.floor(limits.x * photo.width - 1))
        expect(rect.top + rect.height, what).toBeLessThanOrEqual(
          Math.ceil((limits.y + limits.height) * photo.height + 1),
        )
      }
    }
  })

  test('zoomed only where it was asked for, to 65 % at most, and never below the output', () => {
    for (const input of inputs) {
      const { photo, crop, overrides, leastWidth = 1 } = input
      if (overrides.rect !== undefined) continue
      const { rect } = placeCrop(input)
      const { text: _, zoom: __, ...plain } = overrides
      const full = placeCrop({ ...input, overrides: plain }).rect
      const what = JSON.stringify({ photo, crop, overrides, leastWidth, rect, full })
      if (overrides.text === undefined && overrides.zoom === undefined) expect(rect, what).toEqual(full)
      expect(rect.width, what).toBeGreaterThanOrEqual(Math.min(full.width, leastWidth))
      const least = overrides.zoom ?? (overrides.text === undefined ? 1 : 0.65)
      // A pixel of rounding, and the ratio's of the other side.
      expect(rect.width, what).toBeGreaterThanOrEqual(full.width * least - 1 - Math.max(1, rect.width / rect.height))
    }
  })

  test('a strip few pixels high, whose width goes in large steps, is not below the output either', () => {
    const person = { kind: 'person', weight: 1, score: 0.72, box: { x: 0, y: 0.33, width: 0.67, height: 0.67 } }
    const { rect } = placeCrop({
      photo: { width: 100, height: 5 },
      crop: { ratio: 18.46 },
      subject: { by: 'person', boxes: [person] },
      overrides: { by: 'sidecar', text: { x: 0.39, y: 0.73, width: 0.18, height: 1e-8 } },
      leastWidth: 76,
    })
    expect(rect.width).toBeGreaterThanOrEqual(76)
  })

  test('a mirrored photo gets the mirrored crop, to the pixel', () => {
    for (const input of inputs) {
      const { rect, text, warnings, ...rest } = placeCrop(input)
      const turned = placeCrop(mirror(input))
      const what = JSON.stringify(input)
      // What is symmetric in itself can lie only on one side of an odd remainder.
      if (isSymmetric(input)) continue
      expect(turned.rect, what).toEqual(mirrorRect(input.photo, rect))
      expect(turned.warnings, what).toEqual(warnings)
      expect(turned.reason, what).toBe(rest.reason)
      if (text?.side !== undefined) expect(turned.text?.side, what).toBe(mirrorText(text.side))
    }
  })

  test('the same again', () => {
    for (const input of inputs.slice(0, 100)) expect(placeCrop(input)).toEqual(placeCrop(structuredClone(input)))
  })
})

function isSymmetric({ subject, overrides }: PlaceInput): boolean {
  const { focus, rect, limits } = overrides
  return (
    subject.boxes.length === 0 &&
    subject.saliency === undefined &&
    focus === undefined &&
    rect === undefined &&
    limits === undefined
  )
}

describe('two people side by side', () => {
  const person = (x: number, size: number, sharpness: number): SubjectBox => ({
    kind: 'face',
    weight: 3,
    score: 0.9,
    sharpness,
    box: { x, y: 0.3, width: size, height: size * 1.5 },
  })
  const place = (...boxes: SubjectBox[]): ReturnType<typeof placeCrop> =>
    placeCrop({
      photo: { width: 6000, height: 4000 },
      crop: { ratio: 0.5 },
      subject: { by: 'faces', boxes },
      overrides: { by: undefined },
    })

  test.each([
    ['the larger', [0.2, 1], [0.1, 1]],
    ['the sharper of equal ones', [0.15, 1], [0.15, 0.2]],
  ])(
    '%s stays, whatever the order and side, and the other one is told of',
    (_what, [size = 0, sharpness = 0], [lesserSize = 0, lesserSharpness = 0]) => {
      for (const turned of [false, true]) {
        const better = person(turned ? 0.1 : 0.7, size, sharpness)
        const lesser = person(turned ? 0.75 : 0.1, lesserSize, lesserSharpness)
        for (const boxes of [
          [better, lesser],
          [lesser, better],
        ]) {
          const { parts, warnings } = place(...boxes)
          expect(parts.find(({ box }) => box === better.box)?.share).toBe(1)
          expect(warnings).toContain('face-dropped')
        }
      }
    },
  )

  test('how sure the detector is decides nothing between people', () => {
    const larger = { ...person(0.1, 0.16, 1), score: 0.56 }
    const surer = { ...person(0.7, 0.15, 1), score: 0.99 }
    expect(place(larger, surer).parts.map(({ share }) => share)).toEqual([1, 0])
  })

  test('both stay where both fit', () => {
    const { parts, warnings } = place(person(0.3, 0.1, 1), person(0.45, 0.08, 1))
    expect(parts.map(({ share }) => share)).toEqual([1, 1])
    expect(warnings).toEqual([])
  })
})

describe('what cannot be held is said', () => {
  const photo = { width: 3000, height: 2000 }
  const place = (
    ratio: number,
    subject: Subject,
    overrides: Overrides = { by: undefined },
  ): ReturnType<typeof placeCrop> => placeCrop({ photo, crop: { ratio }, subject, overrides })
  const nobody: Subject = { by: 'centre', boxes: [] }

  test('a face taller than the window keeps its eyes', () => {
    const box = { x: 0.3, y: 0.1, width: 0.4, height: 0.8 }
    const points = [0.45, 0.55].map((x) => ({ x, y: 0.4 }))
    const { rect, warnings } = place(4, { by: 'faces', boxes: [{ kind: 'face', box, weight: 3, points }] })
    expect(rect.top).toBeLessThan(0.4 * 2000 - 100)
    expect(rect.top + rect.height).toBeGreaterThan(0.4 * 2000 + 100)
    expect(warnings).toEqual(['face-cut', 'needs-extension'])
  })

  test('a person taller than the window keeps the head, with or without a found face', () => {
    const person: SubjectBox = { kind: 'person', box: { x: 0.3, y: 0.05, width: 0.3, height: 0.95 }, weight: 1.5 }
    const face: SubjectBox = { kind: 'face', box: { x: 0.4, y: 0.1, width: 0.1, height: 0.2 }, weight: 3 }
    for (const boxes of [[person], [face, person]]) {
      const { rect, warnings } = place(3, { by: 'person', boxes })
      expect(rect.top).toBeLessThanOrEqual(0.1 * 2000)
      expect(warnings).toContain('needs-extension')
    }
  })

  test('a focus is held with its whole size, or its loss is told', () => {
    const held = place(1, nobody, { by: 'sidecar', focus: { x: 0.9, y: 0.5, width: 0.2, height: 0.4 } })
    expect(held).toMatchObject({ by: 'focus', confidence: 1, reason: 'focus 100 %', warnings: [] })
    expect(held.rect.left + held.rect.width).toBe(3000)
    const lost = place(1, nobody, { by: 'sidecar', focus: { x: 0.5, y: 0.5, width: 0.9, height: 0.4 } })
    expect(lost.warnings).toEqual(['needs-extension'])
    const limited = place(1, nobody, {
      by: 'sidecar',
      focus: { x: 0.8, y: 0.5, width: 0.1, height: 0.1 },
      limits: { x: 0, y: 0, width: 0.6, height: 1 },
    })
    expect(limited.rect.left + limited.rect.width).toBeLessThanOrEqual(1800)
    expect(limited.warnings).toEqual(['subject-cut'])
  })

  test('a changed photo and an empty one', () => {
    const rect = { x: 0, y: 0, width: 0.5, height: 1 }
    const changed = place(0.75, nobody, { by: 'sidecar', rect, photoChanged: true })
    expect(changed).toMatchObject({ reason: 'exact rectangle (sidecar)', warnings: ['photo-changed'] })
    expect(place(0.5, nobody)).toMatchObject({
      reason: 'nothing found: the middle',
      warnings: ['low-confidence'],
      confidence: 0,
    })
  })
})

describe('headlines', () => {
  const photo = { width: 4000, height: 2000 }
  const face: SubjectBox = { kind: 'face', box: { x: 0.45, y: 0.3, width: 0.1, height: 0.25 }, weight: 3, score: 0.9 }
  const subject: Subject = { by: 'faces', boxes: [face] }
  /** Left half black, right half white. */
  const preview: RgbRaster = {
    width: 32,
    height: 16,
    data: Uint8Array.from({ length: 32 * 16 * 3 }, (_, at) => (Math.floor(at / 3) % 32 < 16 ? 0 : 255)),
  }
  const place = (text: TextZone): ReturnType<typeof placeCrop> =>
    placeCrop({ photo, crop: { ratio: 16 / 9 }, subject, overrides: { by: 'sidecar', text }, preview })

  test.each(['left', 'right', 'top', 'bottom'] as const)('the face stays clear of the %s', (side) => {
    const { rect, text, warnings, parts } = place(side)
    expect(text?.side).toBe(side)
    expect(warnings).toEqual([])
    expect(parts[0]?.share).toBe(1)
    expect(rect.width).toBeGreaterThanOrEqual(0.65 * 3555 - 2)
  })

  test('the luminance under the text is that of the place', () => {
    expect(place('left').text?.luminance).toBeLessThan(0.35)
    expect(place('right').text?.luminance).toBeGreaterThan(0.65)
  })

  test('auto takes a side that is free, a rectangle its own place', () => {
    const besides: Subject = { by: 'faces', boxes: [{ ...face, box: { ...face.box, x: 0.1 } }] }
    const auto = placeCrop({
      photo,
      crop: { ratio: 2 },
      subject: besides,
      overrides: { by: 'sidecar', text: 'auto' },
      preview,
    })
    expect(auto.text?.side).toBe('right')
    const own = { x: 0.6, y: 0.6, width: 0.4, height: 0.4 }
    expect(place(own).text).toMatchObject({ box: own })
    expect(place(own).text?.side).toBeUndefined()
  })

  test('what lies over a face is told', () => {
    const everywhere: Subject = { by: 'faces', boxes: [{ ...face, box: { x: 0, y: 0, width: 1, height: 1 } }] }
    const { warnings } = placeCrop({
      photo,
      crop: { ratio: 2 },
      subject: everywhere,
      overrides: { by: 'sidecar', text: 'left' },
      preview,
    })
    expect(warnings).toContain('under-text')
  })
})
