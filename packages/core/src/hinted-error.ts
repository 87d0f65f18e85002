/** The error class without the table of hints: pages that only write pictures would carry it for nothing. */
import type { HeroErrorCode } from './errors.ts'

/** An error with what to do about it. Everywhere but in pages it is a `HeroError`. */
export class HintedError extends Error {
  override readonly name = 'HeroError'
  readonly code: HeroErrorCode
  /** What happened, without code, file and hint. */
  readonly reason: string
  readonly hint: string
  readonly file?: string

  constructor(
    code: HeroErrorCode,
    reason: string,
    hint: string,
    { file, cause }: { readonly file?: string; readonly cause?: unknown } = {},
  ) {
    const place = file === undefined ? '' : `${file}: `
    super(`[${code}] ${place}${reason} ${hint}`, cause === undefined ? {} : { cause })
    this.code = code
    this.reason = reason
    this.hint = hint
    if (file !== undefined) this.file = file
  }
}
