/** Which failures are the photo's and which are ours. */
import { HeroError, isHeroError } from '../errors.ts'
import { toDecodeError } from '../source/decode-error.ts'

/** Work on the photo's own bytes: failures are the photo's, `HERO_SOURCE_*`. */
export async function orDecodeError<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    throw toDecodeError(cause, file)
  }
}

/** Work on pixels that decoded well: failures are ours, `HERO_RENDER_FAILED`. */
export async function orRenderError<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    if (isHeroError(cause)) throw cause
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new HeroError('HERO_RENDER_FAILED', `A variant could not be drawn (${said}).`, { file, cause })
  }
}
