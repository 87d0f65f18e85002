/** What the object network adds to real photos, from the option to the plan; and what is said where its package is missing. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { readModels } from '../../src/source/models.ts'
import { createDetector } from '../../src/subject/detectors.ts'
import { findSubject } from '../../src/subject/find.ts'
import type { Detect, RelativeRect, RgbRaster } from '../../src/types.ts'
import { heroErrorOf } from '../fixtures/hero-error.ts'
import { openEngine, place } from '../robust/fixtures/inputs.ts'
import { mapRaster, overlapOf } from './rasters.ts'

const folder = join(import.meta.dirname, '../../../../bench/crops/tune')
const { photos }: { photos: Record<string, { file: string; subject: readonly number[] }> } = JSON.parse(
  readFileSync(join(folder, 'annotations.json'), 'utf8'),
)

interface Drawn {
  readonly file: string
  readonly truth: RelativeRect
}

function drawn(name: string): Drawn {
  const { file = '', subject = [] } = photos[name] ?? {}
  const [x = 0, y = 0, width = 0, height = 0] = subject
  return { file: join(folder, file), truth: { x, y, width, height } }
}

async function read(file: string): Promise<RgbRaster> {
  const resized = sharp(file).resize({ width: 512, height: 512, fit: 'inside', withoutEnlargement: true })
  const { data, info } = await resized.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}

let detect: Detect
let detectPeople: Detect
beforeAll(async () => {
  detect = await createDetector(await readModels('objects'))
  detectPeople = await createDetector(await readModels())
})

describe.each([
  ['coco196393', 'animal', 'a cat at the edge'],
  ['coco119828', 'animal', 'a black cat before a laptop'],
  ['coco107438', 'vehicle', 'a bicycle'],
])('%s, %s: %s', (name, kind) => {
  const { file, truth } = drawn(name)

  test('is the subject, in its own box', async () => {
    const { by, boxes } = await findSubject(await read(file), detect)
    expect(by).toBe(kind)
    expect(boxes).toHaveLength(1)
    expect(boxes[0]).toMatchObject({ kind, score: expect.closeTo(0.8, 0) })
    expect(overlapOf(boxes[0]?.box ?? truth, truth)).toBeGreaterThan(0.6)
  })

  test('is found in other light, too, at least as a guess', async () => {
    const photo = await read(file)
    for (const gamma of [0.7, 1.5]) {
      const { boxes } = await findSubject(
        mapRaster(photo, (value) => 255 * (value / 255) ** gamma),
        detect,
      )
      expect(Math.max(...boxes.map(({ box }) => overlapOf(box, truth)))).toBeGreaterThan(0.5)
    }
  })

  test('is not known without that network', async () => {
    const { by } = await findSubject(await read(file), detectPeople)
    expect(by).not.toBe(kind)
  })
})

test('where it is sure of nothing it has an opinion, and figures are opinions, too', async () => {
  const { file, truth } = drawn('mdn-wild-bear')
  const photo = await read(file)
  expect((await findSubject(photo, detectPeople)).by).toBe('figure')
  const { by, boxes } = await findSubject(photo, detect)
  expect(by).toBe('saliency')
  expect(new Set(boxes.map((box) => box.kind))).toEqual(new Set(['salient']))
  expect(boxes.filter(({ box }) => overlapOf(box, truth) > 0.5).length).toBeGreaterThanOrEqual(2)
})

test('people with faces are found as before', async () => {
  const { file } = drawn('clic9466a9')
  const photo = await read(file)
  expect(await findSubject(photo, detect)).toEqual(await findSubject(photo, detectPeople))
})

test("`detector: 'objects'` crops around them, and the plan names the network", async () => {
  const { file: cat } = drawn('coco196393')
  const { root, file } = place(readFileSync(cat))
  const engine = openEngine(root, { detector: 'objects' })
  const { crops, detector } = await engine.plan(file, '?hero')
  await engine.close()
  expect(detector).toMatch(/^face_detection [\d.]+, selfie_segmentation [\d.]+, objectron [\d.]+, finder \d+$/)
  expect(crops.map(({ by, kept }) => [by, kept])).toEqual([['animal', 1]])
})

describe('without the package', () => {
  test('the error says how to install it, and faces and people are found all the same', async () => {
    vi.resetModules()
    vi.doMock('node:module', async (original) => {
      const real = await original<typeof import('node:module')>()
      const createRequire = (from: string | URL): { resolve: (name: string) => string } => ({
        resolve(name) {
          if (name.startsWith('@mediapipe/objectron')) throw new Error(`Cannot find module '${name}'`)
          return real.createRequire(from).resolve(name)
        },
      })
      return { ...real, createRequire }
    })
    const models = await import('../../src/source/models.ts')
    const error = await heroErrorOf(models.readModels('objects'))
    expect(error.code).toBe('HERO_MISSING_PACKAGE')
    expect(error.hint).toContain('npm install -D @mediapipe/objectron')
    expect((await heroErrorOf(models.modelVersions('objects'))).code).toBe('HERO_MISSING_PACKAGE')
    expect(Object.keys(await models.readModels())).toEqual(['faces', 'people'])
    vi.doUnmock('node:module')
  })
})
