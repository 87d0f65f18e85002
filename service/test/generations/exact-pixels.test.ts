/** The original is in the picture byte by byte, however little a provider cares for masks: all fakes here paint over everything. */
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { printCounts } from '../harness/counts.ts'
import { createTestService, type Person, type TestService } from '../harness/service.ts'
import { startAllFakes } from './providers/all.ts'
import type { FakeProvider } from './providers/fake-server.ts'
import { createPhoto, ended, giveCredits, putPicture, start } from './studio.ts'

let hero: TestService
let person: Person
let fakes: FakeProvider[]
beforeAll(async () => {
  fakes = await startAllFakes()
  hero = await createTestService({
    settings: Object.assign({ HERO_RUNNING_GENERATIONS: '50' }, ...fakes.map(({ settings }) => settings)),
  })
  await hero.work()
  person = await hero.createPerson()
  await giveCredits(hero.service, person.userId, 10_000)
})
afterAll(async () => {
  await hero.close()
  await Promise.all(fakes.map((fake) => fake.close()))
})

interface Raster {
  readonly data: Buffer
  readonly width: number
  readonly height: number
  readonly channels: number
}

/** Pixels as they stand in a file, upright, in its own colours. */
async function rasterOf(file: Buffer): Promise<Raster> {
  const { data, info } = await sharp(file).autoOrient().keepIccProfile().raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: info.channels }
}

/** The largest difference between a photo and its place in a picture, where `counts`. */
function difference(
  photo: Raster,
  picture: Raster,
  left: number,
  top: number,
  counts: (x: number, y: number) => boolean = () => true,
): number {
  let most = 0
  for (let y = 0; y < photo.height; y += 1) {
    for (let x = 0; x < photo.width; x += 1) {
      if (!counts(x, y)) continue
      for (let channel = 0; channel < photo.channels; channel += 1) {
        const kept = photo.data[(y * photo.width + x) * photo.channels + channel] ?? -1
        const found = picture.data[((top + y) * picture.width + left + x) * picture.channels + channel] ?? -2
        most = Math.max(most, Math.abs(kept - found))
      }
    }
  }
  return most
}

async function contentOf(id: string): Promise<Buffer> {
  const now = await ended(person, id)
  expect(now, JSON.stringify(now.failure)).toMatchObject({ state: 'succeeded' })
  return Buffer.from(await (await person.request(now.output?.url ?? '')).arrayBuffer())
}

/** Photos of all the kinds that have tripped somebody. */
async function createPhotos(): Promise<Record<string, Buffer>> {
  const plain = await createPhoto(60, 40)
  const alpha = await sharp(plain).ensureAlpha(0.5).png().toBuffer()
  return {
    png: plain,
    jpeg: await sharp(plain).jpeg({ quality: 70 }).toBuffer(),
    'turned jpeg': await sharp(plain).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
    'wide colours': await sharp(plain).withIccProfile('p3').jpeg().toBuffer(),
    transparent: alpha,
    grey: await sharp(plain).greyscale().toColourspace('b-w').png().toBuffer(),
    webp: await sharp(plain).webp({ lossless: true }).toBuffer(),
    'one pixel high': await sharp(plain).resize(40, 9, { fit: 'fill' }).png().toBuffer(),
  }
}

test('I2 extend: inside the original rectangle nothing differs, with every provider', async () => {
  const extending = ['local', ...fakes.map(({ id }) => id).filter((id) => id !== 'google')]
  let cases = 0
  let most = 0
  let painted = 0
  for (const [kind, photo] of Object.entries(await createPhotos())) {
    const upload_id = await putPicture(hero.service, person.userId, photo)
    const original = await rasterOf(photo)
    const started = await Promise.all(
      extending.map((provider) => start(person, { operation: 'extend', provider, upload_id, ratio: '1:1' })),
    )
    for (const { id, provider, picture } of started) {
      const label = `${provider}, ${kind}`
      const file = await contentOf(id)
      const result = await rasterOf(file)
      expect([result.width, result.height], label).toEqual([picture.width, picture.height])
      const left = Math.round((picture.original?.x ?? 0) * picture.width)
      const top = Math.round((picture.original?.y ?? 0) * picture.height)
      expect([picture.original?.width, picture.original?.height], label).toEqual([
        original.width / picture.width,
        original.height / picture.height,
      ])
      const off = difference(original, result, left, top)
      expect(off, label).toBe(0)
      most = Math.max(most, off)
      // And around it there is what was drawn.
      if (provider !== 'local' && (result.data[0] ?? 0) > 150 && (result.data[1] ?? 255) < 100) painted += 1
      cases += 1
    }
  }
  expect(painted).toBeGreaterThan(cases / 2)
  printCounts('I2 extend', { cases, 'most difference': most, 'drawn around it': painted })
}, 120_000)

test('I2 edit: outside of the mask nothing differs, even where providers paint over it', async () => {
  const photo = await createPhoto(60, 40)
  const upload_id = await putPicture(hero.service, person.userId, photo)
  // White in the middle, grey at one edge of it.
  const painted = Buffer.alloc(60 * 40)
  for (let y = 10; y < 30; y += 1) {
    painted.fill(255, y * 60 + 20, y * 60 + 40)
    painted.fill(128, y * 60 + 40, y * 60 + 44)
  }
  const mask = await sharp(painted, { raw: { width: 60, height: 40, channels: 1 } })
    .png()
    .toBuffer()
  const mask_upload_id = await putPicture(hero.service, person.userId, mask, 'mask')
  const original = await rasterOf(photo)
  let cases = 0
  for (const { id: provider } of fakes) {
    if (provider === 'google') continue
    const { id } = await start(person, { operation: 'edit', provider, upload_id, mask_upload_id, prompt: 'a bird' })
    const result = await rasterOf(await contentOf(id))
    expect([result.width, result.height], provider).toEqual([60, 40])
    const isKept = (x: number, y: number): boolean => painted[y * 60 + x] === 0
    expect(difference(original, result, 0, 0, isKept), provider).toBe(0)
    expect(
      difference(original, result, 0, 0, (x, y) => !isKept(x, y)),
      provider,
    ).toBeGreaterThan(50)
    cases += 1
  }
  printCounts('I2 edit', { cases, 'most difference': 0 })
})

test('a picture from words has the ratio that was asked for; an edit without a mask the size that was drawn', async () => {
  const large = await sharp(await createPhoto(60, 40))
    .resize(2400, 1600)
    .png()
    .toBuffer()
  const upload_id = await putPicture(hero.service, person.userId, large)
  for (const { id: provider } of fakes) {
    const generated = await start(person, { operation: 'generate', provider, prompt: 'a quiet sea', ratio: '3:2' })
    const picture = await rasterOf(await contentOf(generated.id))
    expect(picture.width / picture.height, provider).toBeCloseTo(1.5, 1)
    if (provider === 'bfl' || provider === 'replicate') continue
    const edited = await start(person, { operation: 'edit', provider, upload_id, prompt: 'at night' })
    const { width, height } = await rasterOf(await contentOf(edited.id))
    expect(width, provider).toBeLessThan(2400)
    expect(width / height, provider).toBeCloseTo(1.5, 1)
  }
}, 120_000)
