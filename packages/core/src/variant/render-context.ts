/** What the pixel code gets from its caller. */
import type { Variant } from '../types.ts'

/** What drawing needs from its surroundings. */
export interface RenderContext {
  /** Path of the photo, for messages. */
  readonly file: string
  /** Most pixels a source may have, all frames of an animation together. */
  readonly pixels: number
  /**
   * Runs a job when there is room for it. Every pipeline goes through it.
   * @param bytes Estimate of the bytes that the job holds while it runs, its input included.
   * @param step Given when the job decodes the photo for others that follow.
   */
  readonly run: <T>(job: () => Promise<T>, bytes: number, step?: 'decode') => Promise<T>
  /**
   * False when nobody waits for the variant any more: its encode is then left out.
   * @default every variant is wanted
   */
  readonly isWanted?: (variant: Variant) => boolean
  /** Called for each variant as soon as it is made; `ms` is the time that its own encoding took. */
  readonly deliver: (variant: Variant, bytes: Uint8Array, ms: number) => Promise<void>
}
