/** What the engine and its pixel process say to each other. */
import type { PlainHeroError } from '../errors.ts'
import type { AnalysisJob, AnalysisReply } from '../source/analysis-worker.ts'
import type { Variant } from '../types.ts'

/** Variables of a process; spelled out, since pages that only read our types do not know Node's. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Fixed for the life of the process. */
export interface PixelSettings {
  /** Decodes and encodes at once. */
  readonly jobs: number
  /** Most bytes that they may hold together. */
  readonly memory: number
  /** Longest time the analysis of one photo may take. */
  readonly seconds: number
  /** Cache folder of all processes whose decodes and encodes together stay within `jobs`; absent: those of this process alone do. */
  readonly sharedWith?: string
  /** Cache folder that variants are put into; absent: their bytes come back. */
  readonly keepIn?: string
}

/** A variant that was drawn: its bytes, or how many of them lie in the store. */
export type Drawn = { readonly bytes: Uint8Array } | { readonly size: number }

/** The variants of one photo to draw. */
export interface DrawJob {
  /** Absolute path; read inside the process, so that the bytes never cross over. */
  readonly file: string
  /** Hash the photo must have. */
  readonly source: string
  /** Largest accepted file, and most pixels. */
  readonly limits: { readonly bytes: number; readonly pixels: number }
  readonly variants: readonly Variant[]
}

/** What the pixel process offers. */
export interface PixelCalls {
  analyse(job: AnalysisJob): Promise<AnalysisReply>
  /** Delivers the variants one by one; the reply comes after the last. @param id names the job in `deliver` and `drop` */
  draw(id: number, job: DrawJob): Promise<{ readonly error?: PlainHeroError }>
  /** Nobody wants the variant any more: it is not begun. */
  drop(id: number, key: string): void
}

/** What the engine offers. */
export interface EngineCalls {
  /** @param ms time that the variant's own encoding took */
  deliver(id: number, key: string, drawn: Drawn, ms: number): Promise<void>
}
