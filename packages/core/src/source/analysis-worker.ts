/** What runs inside an analysis thread. */
import { isHeroError, type PlainHeroError, toPlainError } from '../errors.ts'
import type { Analysis } from '../types.ts'
import { analyseSource } from './analyse.ts'
import { loadDetector } from './detector.ts'
import { nameDetector } from './detector-name.ts'
import { free } from './free.ts'
import { readSource } from './read.ts'

/** One photo to analyse. */
export interface AnalysisJob {
  /** Absolute path; read inside the thread, so that the bytes never cross over. */
  readonly file: string
  /** Largest accepted file. */
  readonly bytes: number
  /** Most pixels a source may have, all frames of an animation together. */
  readonly pixels: number
  readonly allowTruncated: boolean
  /**
   * `'none'`, `'objects'`, or a module: absolute path, `file:` URL or a resolvable specifier.
   * @default the built-in detectors for faces and people
   */
  readonly detector?: string
}

/** What comes back from a thread. */
export type AnalysisReply = { readonly analysis: Analysis } | { readonly error: PlainHeroError }

/** Analyses one photo; errors raised on purpose are returned, all others thrown. */
export async function analyse(job: AnalysisJob): Promise<AnalysisReply> {
  const { file, bytes, detector: option, ...options } = job
  try {
    const photo = await readSource(file, { bytes })
    const [detect, detector] = await Promise.all([loadDetector(option, file), nameDetector(option)])
    const analysis = await analyseSource(photo, {
      ...options,
      file,
      detector,
      ...(detect === undefined ? {} : { detect }),
    })
    free(photo)
    return { analysis }
  } catch (error) {
    if (!isHeroError(error)) throw error
    return { error: toPlainError(error) }
  }
}
