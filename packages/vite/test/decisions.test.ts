/** Whose crop a real build ships: import before sidecar before config before lock before what was found. */
import type { HeroOptions, Plan } from '@hero-image/core'
import sharp from 'sharp'
import type { InlineConfig } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawPhoto, photoSize } from '../../unplugin/test/fixtures/photos.ts'
import { pinCrops } from '../../unplugin/test/fixtures/pins.ts'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { testOptions } from '../../unplugin/test/fixtures/reference.ts'
import { buildProject, type Said } from './fixtures/build-project.ts'

const options: HeroOptions = { ...testOptions, detector: 'none', manifest: true, report: 'summary' }

let project: Project

beforeAll(async () => {
  project = await createProject({
    'package.json': '{"type":"module","name":"fixture"}',
    'photos/a.jpg': await drawPhoto(0),
    'plain.js': "import a from './photos/a.jpg?crops=tall&hero'\nglobalThis.shown = a\n",
    'query.js': "import a from './photos/a.jpg?focus=1,.5&crops=tall&hero'\nglobalThis.shown = a\n",
  })
})

afterAll(() => project.remove(''))

interface Shipped extends Pick<Plan['crops'][number], 'by' | 'rect' | 'warnings' | 'reason' | 'confidence'> {
  /** Red of the middle of the shipped JPEG: the photo's red is the distance from its left edge, px. */
  readonly middle: number
  readonly said: readonly Said[]
}

/** What a build makes of the tall crop. */
async function ship(entry: string, more: HeroOptions = {}): Promise<Shipped> {
  const said: Said[] = []
  const config: InlineConfig = { build: { target: 'esnext', rolldownOptions: { input: project.at(entry) } } }
  const output = await buildProject(project, 'out', config, { options: { ...options, ...more }, said })
  const manifest: { sources: Record<string, { crops: [Omit<Shipped, 'middle' | 'said'>]; detector: string }> } =
    JSON.parse(output.get('hero-manifest.json')?.toString() ?? '{}')
  const source = manifest.sources['photos/a.jpg']
  if (source === undefined) throw new Error('the manifest has the photo')
  expect(source.detector).toMatch(/^none/)
  const jpeg = [...output].find(([name]) => name.endsWith('.jpg'))?.[1]
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
  const [crop] = source.crops
  return {
    ...crop,
    middle: data[3 * (Math.floor(info.height * 0.9) * info.width + Math.floor(info.width / 2))] ?? -1,
    said,
  }
}

/** 4:5 of 160 × 120 px. */
const width = 96
const free = photoSize.width - width
const atLeft = (share: number) => ({ left: Math.round(share * free), top: 0, width, height: 120 })

test('each word is heard until a nearer one is said', async () => {
  const found = await ship('plain.js')
  expect(found).toMatchObject({ reason: expect.any(String), confidence: expect.any(Number) })
  expect(['lock', 'config', 'sidecar', 'focus']).not.toContain(found.by)

  await pinCrops(project.root, project.at('photos/a.jpg'), '?crops=tall&hero', 0, options)
  const locked = await ship('plain.js')
  expect(locked).toMatchObject({ by: 'lock', rect: atLeft(0) })

  const photos = { 'photos/*.jpg': { crops: { '4:5': { x: 0.1, y: 0, width: 0.6, height: 1 } } } }
  const configured = await ship('plain.js', { photos })
  expect(configured).toMatchObject({ by: 'config', rect: atLeft(0.25) })

  await project.write(
    'photos/a.jpg.hero.json',
    JSON.stringify({ crops: { tall: { x: 0.2, y: 0, width: 0.6, height: 1 } }, photo: 'ab'.repeat(32) }),
  )
  const beside = await ship('plain.js', { photos })
  expect(beside).toMatchObject({
    by: 'sidecar',
    rect: atLeft(0.5),
    warnings: expect.arrayContaining(['photo-changed']),
  })

  const asked = await ship('query.js', { photos })
  expect(asked).toMatchObject({ by: 'focus', rect: atLeft(1) })
  expect(asked.warnings).not.toContain('photo-changed')

  // The pixels are those of the rectangles: each crop begins 16 px to the right of the one before it.
  const middles = [locked, configured, beside, asked].map(({ middle }) => middle)
  expect(middles.map((middle) => Math.round((middle - width / 2) / 16))).toEqual([0, 1, 2, 4])
})

test('the build says once which crops deserve a look, and what is wrong', async () => {
  const { said } = await ship('plain.js')
  const texts = said.map(({ text }) => text)
  expect(texts.filter((text) => text.includes('look at:'))).toEqual([
    'hero-image: look at: photos/a.jpg tall (decided for an earlier photo) → hero-image inspect photos/a.jpg',
  ])
  expect(texts.join('\n')).toContain('the sidecar was made for an earlier version of this photo')
})

test('a lock that cannot be read ends the build, with path and advice', async () => {
  await project.write('hero.lock.json', '{ "version": 1, "crops": { "photos/a.jpg": {} } }')
  await expect(ship('plain.js')).rejects.toThrow(
    /hero\.lock\.json: At crops\.photos\/a\.jpg\.photo: .*hero-image crops lock/,
  )
})
