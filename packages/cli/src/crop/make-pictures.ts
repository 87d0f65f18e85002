/** Plans photos, makes their files and puts them into a folder. One photo that fails does not lose the others. */
import { join } from 'node:path'
import {
  createEngine,
  cropsOf,
  type Engine,
  estimateSeconds,
  type HeroAsset,
  type Plan,
  type ResolvedOptions,
  toAsset,
  type Variant,
} from '@hero-image/core'
import { inTurns } from '../in-turns.ts'
import { writeVariant } from '../write-output.ts'

/** One file in the output folder. */
export interface MadeFile {
  readonly name: string
  /** Absolute path. */
  readonly path: string
  readonly url: string
  /** Names of the crops that show it. */
  readonly crops: readonly string[]
  readonly format: Variant['format']
  readonly width: number
  readonly height: number
  readonly bytes: number
  /** `cached` when the store had it already. */
  readonly status: 'made' | 'cached'
  /** Time its pixels took; only for files that were made. */
  readonly ms?: number
}

/** One photo, done. */
export interface Picture {
  readonly plan: Plan
  readonly asset: HeroAsset
  readonly files: readonly MadeFile[]
}

/** What to do. */
export interface Job {
  readonly options: ResolvedOptions
  /** Absolute paths. */
  readonly files: readonly string[]
  readonly query: string
  /** Absolute path of the output folder. */
  readonly out: string
  urlOf(variant: Variant): string
  /** A last word on an asset before anything is encoded for it; throws to refuse the photo. */
  complete(asset: HeroAsset, file: string): HeroAsset
  /** Told before anything is made: how many files are missing, and how many seconds they will take about. */
  onEstimate(missing: number, seconds: number): void
  onProgress(done: number, total: number): void
}

/** What came of it. */
export interface Outcome {
  readonly pictures: readonly Picture[]
  readonly errors: readonly unknown[]
}

interface Planned {
  readonly plan: Plan
  readonly asset: HeroAsset
}

/** Makes everything that can be made. */
export async function makePictures(job: Job): Promise<Outcome> {
  const made = new Map<string, number>()
  const engine = createEngine(job.options, { onMade: (variant, _file, _bytes, ms) => made.set(variant.key, ms) })
  const errors: unknown[] = []
  const orError = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      errors.push(error)
      return undefined
    }
  }
  // Each photo is read whole for its hash: a few at once keep the disk busy without filling the memory.
  const atOnce = 2 * engine.jobs
  try {
    const planned = await inTurns(job.files, atOnce, (file) => orError(() => planPicture(engine, job, file)))
    const ready = planned.filter((each) => each !== undefined)
    const total = ready.reduce((sum, { plan }) => sum + plan.variants.length, 0)
    const missing = await findMissing(engine, ready)
    if (missing.length > 0) job.onEstimate(missing.length, estimateSeconds(missing, engine.jobs))
    let done = 0
    const step = (): void => job.onProgress(++done, total)
    const pictures = await inTurns(ready, atOnce, (each) => orError(() => makePicture(engine, job, each, made, step)))
    return { pictures: pictures.filter((each) => each !== undefined), errors }
  } finally {
    await engine.close()
  }
}

async function findMissing(engine: Engine, planned: readonly Planned[]): Promise<Variant[]> {
  const missing: Variant[] = []
  for (const { plan } of planned)
    for (const variant of plan.variants) if (!(await engine.has(variant))) missing.push(variant)
  return missing
}

async function planPicture(engine: Engine, job: Job, file: string): Promise<Planned> {
  const plan = await engine.plan(file, job.query)
  return { plan, asset: job.complete(toAsset(plan, job.urlOf), file) }
}

async function makePicture(
  engine: Engine,
  job: Job,
  { plan, asset }: Planned,
  made: ReadonlyMap<string, number>,
  step: () => void,
): Promise<Picture> {
  const makeFile = async (variant: Variant): Promise<MadeFile> => {
    const bytes = await engine.render(plan.file, variant)
    const path = join(job.out, variant.name)
    await writeVariant(path, bytes)
    step()
    const ms = made.get(variant.key)
    return {
      name: variant.name,
      path,
      url: job.urlOf(variant),
      crops: cropsOf(plan, variant),
      format: variant.format,
      width: variant.width,
      height: variant.height,
      bytes: bytes.length,
      ...(ms === undefined ? { status: 'cached' } : { status: 'made', ms: Math.round(ms) }),
    }
  }
  // All are awaited, so that nothing is still being written when the first failure is reported.
  const results = await Promise.allSettled(plan.variants.map(makeFile))
  return { plan, asset, files: results.map(resultOf) }
}

function resultOf<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason
  return result.value
}
