/** What the object network's numbers mean, with answers made up by hand. */
import { describe, expect, test } from 'vitest'
import type { RgbRaster } from '../types.ts'
import { listAnchors } from './anchors.ts'
import type { Program } from './network/program.ts'
import { findObjects, type Objects } from './objects.ts'

const anchors = listAnchors()

const names = ['???', 'Person', 'Cat', 'Dog', 'Footwear', 'Mug']

/** Light on the left: looked at as it is. */
const raster: RgbRaster = { width: 2, height: 1, data: Uint8Array.from([9, 9, 9, 0, 0, 0]) }
const turned: RgbRaster = { width: 2, height: 1, data: Uint8Array.from([0, 0, 0, 9, 9, 9]) }

interface Answer {
  readonly anchor: number
  readonly name: string
  readonly logit: number
  /** Off the anchor: down, across, height, width. */
  readonly place?: readonly number[]
}

/** The square of 0.95 around the middle, and the one of 0.1 in the corner. */
const [middle, corner] = [anchors.length - 6, 0]

function find(answers: readonly Answer[], photo: RgbRaster = raster): Objects {
  const places = new Float32Array(anchors.length * 4)
  const classes = new Float32Array(anchors.length * 8).fill(-20)
  for (const { anchor, name, logit, place = [] } of answers) {
    places.set(place, anchor * 4)
    classes[anchor * 8 + names.indexOf(name)] = logit
  }
  const list = { height: 1, width: anchors.length }
  const program: Program = {
    input: () => ({ width: 2, height: 2, channels: 3, stride: 4, values: new Float32Array(16) }),
    run: () => [
      { ...list, channels: 4, stride: 4, values: places },
      { ...list, channels: names.length, stride: 8, values: classes },
    ],
  }
  return findObjects({ program, names }, photo)
}

const close = (value: number): number => expect.closeTo(value, 3)

describe('boxes', () => {
  test('an anchor moves by tenths of its sides and grows by powers of e', () => {
    const place = [2, -3, 5 * Math.log(0.5), 5 * Math.log(0.4)]
    const [box] = find([{ anchor: middle, name: 'Cat', logit: 2, place }]).boxes
    const [width, height] = [0.95 * 0.4, 0.95 * 0.5]
    const x = 0.5 - 0.3 * 0.95 - width / 2
    const y = 0.5 + 0.2 * 0.95 - height / 2
    expect(box).toEqual({
      label: 'animal',
      score: close(1 / (1 + Math.exp(-2))),
      box: { x: close(x), y: close(y), width: close(width), height: close(height) },
    })
  })

  test('what stands out over the edge is cut there', () => {
    const [box] = find([{ anchor: middle, name: 'Dog', logit: 2, place: [0, 5, 0, 0] }]).boxes
    expect(box?.box).toMatchObject({ x: close(0.5), width: close(0.5) })
  })

  test('all animals are of one kind, a person beside one is not', () => {
    const { boxes } = find([
      { anchor: middle, name: 'Dog', logit: 1 },
      { anchor: middle + 5, name: 'Cat', logit: 3 },
      { anchor: middle + 1, name: 'Person', logit: 2 },
    ])
    expect(boxes.map(({ label }) => label)).toEqual(['person', 'animal'])
  })

  test('only what the network is sure of, and has a kind', () => {
    const { boxes } = find([
      { anchor: middle, name: 'Dog', logit: 0.5 },
      { anchor: middle + 1, name: 'Mug', logit: 4 },
      { anchor: middle + 2, name: 'Footwear', logit: 4 },
    ])
    expect(boxes).toEqual([])
  })

  test('a mirrored photo has the mirrored boxes', () => {
    const answers = [{ anchor: corner, name: 'Cat', logit: 3 }]
    const [[here], [there]] = [find(answers).boxes, find(answers, turned).boxes]
    expect(here?.box.x).toBe(0)
    expect(there).toEqual({ ...here, box: { ...here?.box, x: 1 - (here?.box.width ?? 0) } })
  })
})

describe('heat', () => {
  const at = ({ heat }: Objects, x: number, y: number): number | undefined => heat.data[y * heat.width + x]

  test('boxes of all names add up, half-sure ones a quarter as much, and nothing counts outside', () => {
    const objects = find([
      { anchor: middle, name: 'Mug', logit: 0 },
      { anchor: corner, name: 'Dog', logit: 30 },
    ])
    // In the corner both lie, 1 + 0.25; in the middle the mug alone.
    expect(objects.heat).toMatchObject({ width: 48, height: 48 })
    expect([at(objects, 2, 2), at(objects, 24, 24), at(objects, 47, 47)]).toEqual([255, 255 / 5, 0])
  })

  test('what is hardly believed, and what somebody wears, is not there', () => {
    const { heat } = find([
      { anchor: middle, name: 'Mug', logit: -3 },
      { anchor: corner, name: 'Footwear', logit: 5 },
    ])
    expect(heat.data.every((value) => value === 0)).toBe(true)
  })
})

test('a network with other answers is refused', () => {
  const program: Program = {
    input: () => ({ width: 2, height: 2, channels: 3, stride: 4, values: new Float32Array(16) }),
    run: () => [],
  }
  expect(() => findObjects({ program, names }, raster)).toThrow(/other outputs/)
})
