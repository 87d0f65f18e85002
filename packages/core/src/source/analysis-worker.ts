/** What runs inside an analysis thread. */
import { isHeroError, type PlainHeroError, toPlainError } from '../errors.ts'
import type { Analysis } from '../types.ts'
import { type AnalyseOptions, analyseSource } from './analyse.ts'
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
   * Module whose default export finds the subject: absolute path, `file:` URL or a resolvable specifier.
   * @default libvips' attention strategy
   */
  readonly locate?: string
}

/** What comes back from a thread. */
export type AnalysisReply = { readonly analysis: Analysis } | { readonly error: PlainHeroError }

/** Analyses one photo; errors raised on purpose are returned, all others thrown. */
export async function analyse(job: AnalysisJob): Promise<AnalysisReply> {
  const { file, bytes, locate: module, ...options } = job
  try {
    const photo = await readSource(file, { bytes })
    const locate = await loadDetector(module, file)
    const analysis = await analyseSource(photo, { ...options, file, locate })
    free(photo)
    return { analysis }
  } catch (error) {
    if (!isHeroError(error)) throw error
    return { error: toPlainError(error) }
  }
}

/** Both are imported on demand: a custom detector needs zod, the built-in one sharp. */
async function loadDetector(module: string | undefined, file: string): Promise<AnalyseOptions['locate']> {
  if (module === undefined) return (await import('../subject/attention.ts')).locate
  return (await import('./locate-module.ts')).loadLocate(module, file)
}
