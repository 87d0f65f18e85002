/** Which quality numbers of ours score as vite-imagetools' pictures do, and what they would cost. */
import sharp from 'sharp'
import { withOurEncoder } from '../encode.ts'
import { mean } from '../measure/statistics.ts'
import { ourEncoders } from '../our-encoders.ts'
import type { Output } from '../outputs.ts'
import { isWideGamut, photoFile } from '../photos.ts'
import { decode, decodeReference } from '../score/decode.ts'
import type { Score, Scorer } from '../score/scorer.ts'
import { type Format, formats } from '../work.ts'

/** One format at equal score, both sides at one width. */
export interface EqualScore {
  readonly format: Format
  /** Mean score of vite-imagetools' pictures. */
  readonly theirScore: number
  /** Mean score of our pictures at our default quality. */
  readonly ourScore: number
  readonly ourQuality: number
  /** Our quality number at which the mean scores are equal, with a fraction; `undefined` when it lies outside of what was tried. */
  readonly equalQuality?: number
  /** Bytes of vite-imagetools' pictures. */
  readonly theirBytes: number
  /** Our bytes ÷ theirs at our default quality. */
  readonly bytes: number
  /** Our bytes ÷ theirs at equal score. */
  readonly equalBytes?: number
  /** Our CPU at equal score ÷ our CPU at our default quality. */
  readonly equalCpu?: number
}

/** What was found at one quality number. */
interface Trial {
  readonly quality: number
  readonly score: number
  readonly bytes: number
  readonly cpu: number
}

/** Distances from our default quality that are tried. */
const distances = [-10, -6, -3, 0, 3, 6, 10]

/** A photo at the width of the trials. */
interface Subject {
  readonly pixels: Buffer
  readonly score: Score
  readonly theirScore: Score
}

/** Tries qualities around our defaults on all photos at `width` px and interpolates between them. */
export async function findEqualScores(
  theirs: readonly Output[],
  { width, scorer, log }: { width: number; scorer: Scorer; log: (line: string) => void },
): Promise<EqualScore[]> {
  const atWidth = theirs.filter((output) => output.width === width)
  const subjects = new Map<string, Subject>()
  for (const output of atWidth) {
    if (subjects.has(output.photo)) continue
    const { width, height } = output
    const pipeline = sharp(photoFile(output.photo), { ignoreIcc: true }).resize({ width, height, fit: 'fill' })
    if (isWideGamut(output.photo)) pipeline.keepIccProfile()
    subjects.set(output.photo, {
      pixels: await pipeline.tiff({ compression: 'none', predictor: 'none' }).toBuffer(),
      score: await scorer.open(await decodeReference(photoFile(output.photo), output, 'ours')),
      theirScore: await scorer.open(await decodeReference(photoFile(output.photo), output, 'imagetools')),
    })
  }
  const results: EqualScore[] = []
  for (const format of formats) {
    const scores: number[] = []
    let bytes = 0
    for (const output of atWidth.filter((each) => each.format === format)) {
      scores.push((await subjects.get(output.photo)?.theirScore(await decode(output.file))) ?? Number.NaN)
      bytes += output.bytes
    }
    const trials: Trial[] = []
    for (const distance of distances)
      trials.push(await tryQuality(format, ourEncoders[format].quality + distance, [...subjects.values()]))
    const result = toEqualScore(format, mean(scores), bytes, trials)
    results.push(result)
    log(`${format}: ours ${result.ourScore.toFixed(2)} at ${result.ourQuality}, theirs ${result.theirScore.toFixed(2)}`)
  }
  return results
}

async function tryQuality(format: Format, quality: number, subjects: readonly Subject[]): Promise<Trial> {
  const scores: number[] = []
  let bytes = 0
  let cpu = 0
  for (const { pixels, score } of subjects) {
    const before = process.cpuUsage()
    const pipeline = sharp(pixels, { ignoreIcc: true }).keepIccProfile()
    const encoded = await withOurEncoder(pipeline, format, { ...ourEncoders[format], quality }).toBuffer()
    const { user, system } = process.cpuUsage(before)
    cpu += user + system
    bytes += encoded.length
    scores.push(await score(await decode(encoded)))
  }
  return { quality, score: mean(scores), bytes, cpu }
}

function toEqualScore(format: Format, theirScore: number, theirBytes: number, trials: readonly Trial[]): EqualScore {
  const ourQuality = ourEncoders[format].quality
  const own = trials.find(({ quality }) => quality === ourQuality)
  const upper = trials.findIndex(({ score }) => score >= theirScore)
  const [below, above] = [trials[upper - 1], trials[upper]]
  const known = {
    format,
    theirScore,
    theirBytes,
    ourQuality,
    ourScore: own?.score ?? Number.NaN,
    bytes: (own?.bytes ?? Number.NaN) / theirBytes,
  }
  if (own === undefined || below === undefined || above === undefined) return known
  const part = (theirScore - below.score) / (above.score - below.score)
  const between = (key: 'quality' | 'bytes' | 'cpu'): number => below[key] + part * (above[key] - below[key])
  return {
    ...known,
    equalQuality: between('quality'),
    equalBytes: between('bytes') / theirBytes,
    equalCpu: between('cpu') / own.cpu,
  }
}
