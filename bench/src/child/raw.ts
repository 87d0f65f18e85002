/** The floor: only the encodes of our build, with sharp alone. One decode a photo, two pipelines at a time. */
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import sharp, { type Sharp, type SharpOptions } from 'sharp'
import { withOurEncoder } from '../encode.ts'
import { type Encoders, formats } from '../work.ts'

/** What the script is told, as JSON in its only argument. */
export interface RawJob {
  readonly target: string
  readonly widths: readonly number[]
  readonly encoders: Encoders
  readonly photos: readonly { readonly file: string; readonly isWideGamut: boolean }[]
}

/** Runs a job when one of two places is free. */
type Run = <T>(job: () => Promise<T>) => Promise<T>

const { target, widths, encoders, photos }: RawJob = JSON.parse(process.argv[2] ?? '')
sharp.cache(false)
await mkdir(target, { recursive: true })
const pipelines = createPlaces(2)
const decodes = createPlaces(2)
await Promise.all(photos.map(({ file, isWideGamut }) => decodes(() => makeAll(file, isWideGamut))))

async function makeAll(file: string, isWide: boolean): Promise<void> {
  const { width, height } = await sharp(file).metadata()
  const scaleTo = (size: number): { width: number; height: number; fit: 'fill' } => ({
    width: size,
    height: Math.round((size * height) / width),
    fit: 'fill',
  })
  const descending = [...widths].sort((a, b) => b - a)
  const largest = await pipelines(() =>
    toPixels(
      sharp(file, { ignoreIcc: true })
        .autoOrient()
        .resize(scaleTo(descending[0] ?? 0)),
      isWide,
    ),
  )
  await Promise.all(
    descending.map(async (size, index) => {
      const pixels =
        index === 0 ? largest : await pipelines(() => toPixels(open(largest).resize(scaleTo(size)), isWide))
      await Promise.all(
        formats.map(async (format) => {
          const bytes = await pipelines(() => withOurEncoder(open(pixels), format, encoders[format]).toBuffer())
          await writeFile(join(target, `${basename(file, '.jpg')}-${size}.${format}`), bytes)
        }),
      )
    }),
  )

  function open({ data, input }: Pixels): Sharp {
    return isWide ? sharp(data, input).keepIccProfile() : sharp(data, input)
  }
}

interface Pixels {
  readonly data: Buffer
  readonly input: SharpOptions
}

/** Bare bytes, or, since sharp cannot attach a profile to those, an uncompressed TIFF. */
async function toPixels(pipeline: Sharp, isWide: boolean): Promise<Pixels> {
  if (isWide) {
    const data = await pipeline.keepIccProfile().tiff({ compression: 'none', predictor: 'none' }).toBuffer()
    return { data, input: { ignoreIcc: true } }
  }
  const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true })
  return { data, input: { raw: { width: info.width, height: info.height, channels: info.channels } } }
}

function createPlaces(count: number): Run {
  const waiting: (() => void)[] = []
  let free = count
  return async (job) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else free -= 1
    try {
      return await job()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
}
