/** The one error class and the table of everything that can go wrong. Codes are permanent. */
import { HintedError } from './hinted-error.ts'

/** Title and hint of every error. The message says what happened in the user's words; the hint says what to do. */
export const heroErrors = {
  HERO_UNKNOWN_OPTION: 'Remove the option or correct its name; docs/options.md of the project lists all of them.',
  HERO_INVALID_OPTION: 'Correct the value; docs/options.md of the project says what each option takes.',
  HERO_INVALID_CONFIG: 'Make the config file export an options object as its default export.',
  HERO_UNKNOWN_PRESET: 'Use the name of a preset from your options, or add the preset to `presets`.',
  HERO_UNKNOWN_QUERY: 'Use only: hero, focus, text, zoom, ratio, widths, formats, quality, sizes, crops.',
  HERO_INVALID_QUERY: 'Correct the value in the import.',
  HERO_INVALID_MEDIA: 'Write a media condition such as `(min-width: 640px)`.',
  HERO_INVALID_SIZES: 'Write CSS lengths such as `100vw` or `(min-width: 60rem) 50vw, 100vw`.',
  HERO_SOURCE_MISSING: 'Check the path; it is case-sensitive on most servers.',
  HERO_SOURCE_UNREADABLE: 'Check the permissions of the file and of its folder.',
  HERO_SOURCE_EMPTY: 'The file has 0 bytes: restore it from the original or from version control (Git LFS?).',
  HERO_SOURCE_TOO_LARGE: 'Scale the photo down, or raise `limits.bytes` or `limits.pixels` if you trust it.',
  HERO_SOURCE_TRUNCATED: 'Export the photo again, or set `allowTruncated: true` to accept what is readable.',
  HERO_SOURCE_BROKEN: 'Open the file in an image editor and export it again.',
  HERO_SOURCE_CHANGED: 'Run the build again; the file was changed while it was being read.',
  HERO_NOT_AN_IMAGE: 'Import a JPEG, PNG, WebP, AVIF, GIF, TIFF or SVG file.',
  HERO_UNSUPPORTED_FORMAT: 'Convert the photo to JPEG, PNG, WebP or AVIF.',
  HERO_INVALID_SIDECAR: 'Correct the file by hand, or delete it to return to automatic crops.',
  HERO_INVALID_LOCK: 'Take the file from version control, or delete it and pin the crops anew: hero-image crops lock.',
  HERO_LOCK_DIFFERS:
    'Use the detector that the lock names, or look at the new crops and accept them: hero-image crops accept.',
  HERO_ANALYSIS_FAILED: 'Export the photo again, or raise `limits.seconds` if it is only slow.',
  HERO_DETECTOR_FAILED: 'Check the module named in `detector`: its default export is (rgb, builtIn) => boxes.',
  HERO_CACHE_MISS: 'Run the same command once with `cache: { mode: "read-write" }` and keep the cache folder.',
  HERO_CACHE_UNWRITABLE: 'Free disk space or choose another folder with `cache.dir`.',
  HERO_RENDER_FAILED: 'Please report this with the photo: the file decodes, but could not be encoded.',
  HERO_OUTPUT_UNWRITABLE: 'Free disk space, check the permissions, or choose another output folder.',
  HERO_OUTPUT_DIFFERS: 'Move that file away, or choose another output folder.',
  HERO_MISSING_PACKAGE: 'Install the package.',
  HERO_UNSUPPORTED_REFERENCE: 'Import the picture in a script, or use a form the README lists.',
} as const

export type HeroErrorCode = keyof typeof heroErrors

interface HeroErrorDetails {
  /** Path of the file at fault, as the user knows it. */
  readonly file?: string
  /** Replaces the hint of the table where a better one is known, such as the nearest valid name. */
  readonly hint?: string
  readonly cause?: unknown
}

/**
 * Every error that Hero Image raises on purpose.
 *
 * `message` already contains file and hint, because bundlers print nothing else.
 */
export class HeroError extends HintedError {
  constructor(code: HeroErrorCode, reason: string, details: HeroErrorDetails = {}) {
    super(code, reason, details.hint ?? heroErrors[code], details)
  }
}

/** True for errors raised on purpose, also across worker threads and copies of this package. */
export function isHeroError(error: unknown): error is HeroError {
  return error instanceof Error && error.name === 'HeroError' && 'code' in error
}

/** A HeroError as plain data, which crosses between threads and processes whole; structured cloning would strip the code. */
export interface PlainHeroError {
  readonly code: HeroErrorCode
  readonly reason: string
  readonly hint: string
  readonly file?: string
}

export function toPlainError({ code, reason, hint, file }: HeroError): PlainHeroError {
  return { code, reason, hint, ...(file === undefined ? {} : { file }) }
}

export function fromPlainError({ code, reason, ...details }: PlainHeroError): HeroError {
  return new HeroError(code, reason, details)
}
