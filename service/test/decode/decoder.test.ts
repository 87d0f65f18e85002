/** The gate: what gets through, what is refused, and what happens when a decoder is lost. */
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDecoder } from '../../src/decode/create-decoder.ts'
import type { Decoder } from '../../src/decode/decoder.ts'
import { ProblemError } from '../../src/http/problem.ts'
import { createLog } from '../../src/log/log.ts'
import { author, drawPhoto, drawPicture } from '../files/pictures.ts'

const log = createLog('silent')
let decoder: Decoder
beforeAll(() => {
  decoder = createDecoder({ processes: 2, megabytes: 512, megapixels: 1, log })
})
afterAll(() => decoder.close())

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => 'nothing',
    (reason: unknown) => reason,
  )
  return error instanceof ProblemError ? `${error.code}: ${error.details.detail ?? ''}` : String(error)
}

test.each(['jpeg', 'png', 'webp', 'avif'] as const)('%s gets through', async (format) => {
  const { facts, bytes } = await decoder.run('inspect', [await drawPicture(format)], {})
  expect(facts).toEqual({ mediaType: `image/${format}`, width: 48, height: 32, hasAlpha: false })
  expect(bytes.length).toBe(0)
})

test('width and height are as people see them; a file may come from anywhere', async () => {
  const photo = await drawPhoto()
  const stored = { bytes: photo.length, open: () => Readable.from([photo.subarray(0, 99), photo.subarray(99)]) }
  const { facts } = await decoder.run('inspect', [stored], {})
  expect(facts).toMatchObject({ mediaType: 'image/jpeg', width: 40, height: 60 })
})

test('U3 what is drawn anew has the pixels and nothing else: no place, no name, no second file behind it', async () => {
  const photo = Buffer.concat([await drawPhoto(), Buffer.from('<?php system($_GET[0]) ?><script>alert(1)</script>')])
  for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
    const { bytes, facts } = await decoder.run('reencode', [photo], { format, fit: 'inside', width: 30, height: 30 })
    const file = Buffer.from(bytes)
    expect(facts).toMatchObject({ mediaType: `image/${format}`, width: 20, height: 30 })
    for (const word of [author, 'php', 'script', 'GPS', 'Exif\0']) expect(file.includes(word)).toBe(false)
    const { exif, xmp, iptc, orientation } = await sharp(file).metadata()
    expect([exif, xmp, iptc, orientation ?? 1]).toEqual([undefined, undefined, undefined, 1])
  }
})

test('what is no picture of ours is refused, with a reason', async () => {
  const png = await drawPicture('png', { width: 300, height: 300 })
  for (const [bytes, reason] of [
    [Buffer.alloc(0), 'damaged'],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'damaged'],
    [png.subarray(0, 3000), 'damaged'],
    [await sharp(png).gif().toBuffer(), 'damaged'],
    [await sharp(png).tiff().toBuffer(), 'damaged'],
    [await sharp(png).resize(1001, 1000).png().toBuffer(), 'too many pixels'],
  ] as const) {
    expect(await refusalOf(decoder.run('inspect', [bytes], {}))).toContain(reason)
  }
})

test('a decoder has an empty environment but for two words, and may write nothing', async () => {
  await decoder.run('inspect', [await drawPicture()], {})
  const [pid = 0] = decoder.pids()
  const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').filter(Boolean)
  expect(environment.map((entry) => entry.split('=')[0])).toEqual(['VIPS_DISC_THRESHOLD', 'MALLOC_ARENA_MAX'])
  const flags = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0')
  expect(flags).toContain('--permission')
  expect(flags.filter((flag) => flag.startsWith('--allow'))).toEqual(['--allow-fs-read=*', '--allow-addons'])
})

test('a picture that takes too much memory is refused, and the next one gets through', async () => {
  const small = createDecoder({ processes: 1, megabytes: 128, megapixels: 100, log })
  try {
    const large = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#000' } })
      .png({ progressive: true, compressionLevel: 1 })
      .toBuffer()
    expect(await refusalOf(small.run('inspect', [large], {}))).toContain('more memory')
    expect(small.pids()).toEqual([])
    expect((await small.run('inspect', [await drawPicture()], {})).facts.width).toBe(48)
  } finally {
    await small.close()
  }
})

test('a file that cannot be read to its end is the error of whoever reads it', async () => {
  const broken = {
    bytes: 10,
    open: () =>
      Readable.from(
        (async function* () {
          yield Buffer.from('half')
          throw new Error('the disk broke')
        })(),
      ),
  }
  expect(await refusalOf(decoder.run('inspect', [broken], {}))).toBe('Error: the disk broke')
  expect((await decoder.run('inspect', [await drawPicture()], {})).facts.width).toBe(48)
})

test.each([
  ['SIGKILL', 'unavailable'],
  ['SIGTERM', 'unavailable'],
  ['SIGSEGV', 'undecodable-image'],
  ['SIGABRT', 'undecodable-image'],
] as const)(
  'U2 a decoder that ends by %s with every try: %s, and the next picture gets through',
  async (signal, code) => {
    const one = createDecoder({ processes: 1, megabytes: 512, megapixels: 1, log })
    const picture = await drawPicture()
    let tries = 0
    const deadly = {
      bytes: picture.length,
      open() {
        tries += 1
        for (const pid of one.pids()) process.kill(pid, signal)
        return Readable.from([picture])
      },
    }
    try {
      expect(await refusalOf(one.run('inspect', [deadly], {}))).toContain(code)
      // What was ended from outside says nothing of the picture, and is tried once more.
      expect(tries).toBe(code === 'unavailable' ? 2 : 1)
      expect((await one.run('inspect', [picture], {})).facts.width).toBe(48)
    } finally {
      await one.close()
    }
  },
)

test('more than two hundred waiting pictures are sent away, and all others have their answer', async () => {
  const one = createDecoder({ processes: 1, megabytes: 512, megapixels: 1, log })
  try {
    const picture = await drawPicture()
    const outcomes = await Promise.all(Array.from({ length: 203 }, () => refusalOf(one.run('inspect', [picture], {}))))
    expect(outcomes.filter((outcome) => outcome === 'nothing')).toHaveLength(201)
    expect(outcomes.filter((outcome) => outcome.startsWith('unavailable'))).toHaveLength(2)
  } finally {
    await one.close()
  }
})

test('decoders that do not come to be are no fault of the picture', async () => {
  // Less than the process needs for itself.
  const none = createDecoder({ processes: 1, megabytes: 20, megapixels: 1, log })
  expect(await refusalOf(none.run('inspect', [await drawPicture()], {}))).toContain('unavailable')
  await none.close()
})

test('closed, the pool takes nothing any more and leaves no process', async () => {
  const one = createDecoder({ processes: 1, megabytes: 512, megapixels: 1, log })
  const picture = await drawPicture()
  await one.run('inspect', [picture], {})
  const running = refusalOf(one.run('inspect', [picture], {}))
  await one.close()
  expect(await running).toMatch(/^(?:nothing|unavailable)/)
  expect(await refusalOf(one.run('inspect', [picture], {}))).toContain('unavailable')
  expect(one.pids()).toEqual([])
})
