/** The models as their packages ship them, and files that are none. */
import { describe, expect, test } from 'vitest'
import { modelVersions, readModels } from '../../src/source/models.ts'
import { createDetector } from '../../src/subject/detectors.ts'
import { readModel } from '../../src/subject/network/model.ts'

const files = await readModels()

test('the face model: 192 px in, a box of 16 numbers and a score for each of 48 × 48 cells out', () => {
  const { input, outputs, shapes, layers } = readModel(files.faces)
  expect(shapes.get(input)).toEqual({ height: 192, width: 192, channels: 3 })
  expect(outputs.map((output) => shapes.get(output))).toEqual([
    { height: 1, width: 2304, channels: 16 },
    { height: 1, width: 2304, channels: 1 },
  ])
  expect(new Set(layers.map(({ kind }) => kind))).toEqual(
    new Set(['conv', 'relu', 'depthwise', 'add', 'max-pool', 'pad', 'resize', 'reshape']),
  )
})

test('the person model: 256 px in, a mask of the same size out', () => {
  const { input, outputs, shapes, layers } = readModel(files.people)
  expect(shapes.get(input)).toEqual({ height: 256, width: 256, channels: 3 })
  expect(outputs.map((output) => shapes.get(output))).toEqual([{ height: 256, width: 256, channels: 1 }])
  expect(layers.at(-2)).toMatchObject({ kind: 'spread', side: 2 })
  expect(layers.at(-1)).toMatchObject({ kind: 'sigmoid' })
})

test('versions are those of the packages', async () => {
  expect(await modelVersions()).toMatch(/^face_detection 0\.4\.\d+, selfie_segmentation 0\.1\.\d+$/)
})

describe('other files are refused', () => {
  test.each([
    ['empty', new Uint8Array(0), /no TensorFlow Lite/],
    ['text', new TextEncoder().encode('version https://git-lfs.github.com/spec/v1'), /no TensorFlow Lite/],
    ['cut short', files.faces.subarray(0, 5000), /outside|longer|bounds|range/i],
    ['the other model', files.people, /outputs/],
  ])('%s', async (_, faces, message) => {
    const raster = { width: 2, height: 2, data: new Uint8Array(12) }
    const work = async (): Promise<unknown> => (await createDetector({ ...files, faces }))(raster)
    await expect(work()).rejects.toThrow(message)
  })
})
