/** The models as their packages ship them, and files that are none. */
import { describe, expect, test } from 'vitest'
import { modelVersions, readModels } from '../../src/source/models.ts'
import { createDetector } from '../../src/subject/detectors.ts'
import { createKernels } from '../../src/subject/network/kernels.ts'
import { readModel } from '../../src/subject/network/model.ts'
import { createObjectNetwork } from '../../src/subject/object-model.ts'

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

test('the object model: names, and a network with 300 px in, a box and a number for each name at 1917 places out', async () => {
  const { objects = new Uint8Array(0) } = await readModels('objects')
  const { program, names } = createObjectNetwork(objects, await createKernels())
  expect(names).toHaveLength(24)
  expect(names).toEqual(expect.arrayContaining(['Person', 'Cat', 'Dog', 'Cattle', 'Bicycle', 'Car']))
  expect(program.input()).toMatchObject({ height: 300, width: 300, channels: 3 })
  expect(program.run().map(({ height, width, channels }) => ({ height, width, channels }))).toEqual([
    { height: 1, width: 1917, channels: 4 },
    { height: 1, width: 1917, channels: 24 },
  ])
})

test('versions are those of the packages', async () => {
  expect(await modelVersions()).toMatch(/^face_detection 0\.4\.\d+, selfie_segmentation 0\.1\.\d+$/)
  expect(await modelVersions('objects')).toMatch(/, selfie_segmentation 0\.1\.\d+, objectron 0\.4\.\d+$/)
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

  test('as objects', async () => {
    const objects = new TextEncoder().encode('Cat\nDog\n')
    await expect(createDetector({ ...files, objects })).rejects.toThrow(/no network/)
  })
})
