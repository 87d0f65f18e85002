/** Analyses each photo once: in this process, in the cache folder, and not again while size and time of the file stay. */
import { HeroError } from '../errors.ts'
import type { ResolvedOptions } from '../options/resolve.ts'
import type { PixelProcess } from '../pixels/start.ts'
import { nameDetector } from '../source/detector-name.ts'
import { hashSourceFile, statSource } from '../source/read.ts'
import { createHashIndex } from '../store/hash-index.ts'
import { createQueue } from '../store/queue.ts'
import { createSingleFlight } from '../store/single-flight.ts'
import type { Store } from '../store/store.ts'
import type { Analysis, SourceFacts } from '../types.ts'
import { hash } from '../variant/key.ts'

/** Raised whenever an analysis of the same bytes would come out differently; the subject finder has a version of its own. */
const ANALYSIS_VERSION = 2

/** Which photo, and who looks at it. */
export interface Identity {
  /** SHA-256 of the photo. */
  readonly photo: string
  readonly detector: string
  /** Key of the analysis. */
  readonly key: string
}

/** True when an analysis is of that photo by that detector: either file may have been saved while it was made. */
export function isOf({ facts, detector }: Analysis, identity: Identity): boolean {
  return facts.hash === identity.photo && detector === identity.detector
}

/** Finds out what is known about photos. */
export interface Analyser {
  /** What the photo's analysis will be of, known without it while size and time of the file stay. @throws HeroError as `analyse` */
  identify(file: string): Promise<Identity>
  /** Facts, subject and colours of a photo. @throws HeroError HERO_SOURCE_*, HERO_NOT_AN_IMAGE, HERO_UNSUPPORTED_FORMAT, HERO_DETECTOR_FAILED */
  analyse(file: string): Promise<Analysis>
  /** Keeps what was learned about files. */
  close(): Promise<void>
}

/** An analyser over a store. */
export function createAnalyser(options: ResolvedOptions, store: Store, pixels: () => Promise<PixelProcess>): Analyser {
  const { limits, allowTruncated, cache } = options
  const index = createHashIndex(cache.dir)
  const inFlight = createSingleFlight<Analysis>()
  // As many as Node reads at a time: more would only wait, each with its piece of a file.
  const hashes = createQueue({ jobs: 4, bytes: Number.POSITIVE_INFINITY })
  let detector: Promise<string> | undefined

  function knowDetector(): Promise<string> {
    detector ??= nameDetector(options.detector).catch((error: unknown) => {
      // Looked for again next time: a development server outlives the mistake.
      detector = undefined
      throw error
    })
    return detector
  }

  async function identify(file: string): Promise<Identity> {
    const stamp = await statSource(file)
    const readAt = Date.now()
    const known = index.hashOf(file, stamp)
    const photo = known ?? (await hashes.run(() => hashSourceFile(file, limits)))
    if (known === undefined) index.remember(file, stamp, photo, readAt)
    const name = await knowDetector()
    return { photo, detector: name, key: hash([ANALYSIS_VERSION, photo, name, allowTruncated]) }
  }

  async function find(file: string): Promise<Analysis> {
    const identity = await identify(file)
    const { photo, key } = identity
    return inFlight(key, async () => {
      const stored = await store.read('analysis', key)
      if (stored !== undefined) return JSON.parse(Buffer.from(stored).toString())
      const { analyse } = await pixels()
      const analysis = await analyse({
        file,
        bytes: limits.bytes,
        pixels: limits.pixels,
        allowTruncated,
        ...(options.detector === undefined ? {} : { detector: options.detector }),
      })
      if (analysis.facts.hash !== photo)
        throw new HeroError('HERO_SOURCE_CHANGED', 'The photo changed while it was read.', { file })
      if (isOf(analysis, identity)) await store.write('analysis', key, Buffer.from(JSON.stringify(analysis)))
      // The module of the detector was saved since its name was found.
      else detector = undefined
      return analysis
    })
  }

  return {
    identify,
    async analyse(file) {
      const analysis = await find(file)
      checkLimits(analysis.facts, limits, file)
      return analysis
    },
    async close() {
      if (cache.mode === 'read-write') await index.flush()
    },
  }
}

/** What was stored may come from a build with higher limits. @throws HeroError HERO_SOURCE_TOO_LARGE */
export function checkLimits(facts: SourceFacts, limits: ResolvedOptions['limits'], file: string): void {
  const { width, height, frames, format, bytes } = facts
  if (bytes > limits.bytes) {
    const reason = `The file has ${bytes} bytes; the limit is ${limits.bytes}.`
    throw new HeroError('HERO_SOURCE_TOO_LARGE', reason, { file })
  }
  if (format !== 'svg' && width * height * frames > limits.pixels) {
    throw new HeroError(
      'HERO_SOURCE_TOO_LARGE',
      `The photo has ${width} × ${height} px × ${frames} frames, above the limit of ${limits.pixels} px.`,
      { file },
    )
  }
}
