/** Turns what libvips says about a file into the error that the user should see. */
import { HeroError, isHeroError } from '../errors.ts'

/**
 * The HeroError for a failed decode: `HERO_SOURCE_TRUNCATED` where the decoder met the end of the file, `HERO_SOURCE_TOO_LARGE` beyond a limit,
 * `HERO_SOURCE_BROKEN` for all else. A HeroError stays as it is.
 */
export function toDecodeError(cause: unknown, file: string): HeroError {
  if (isHeroError(cause)) return cause
  const message = cause instanceof Error ? cause.message : String(cause)
  const said = toSentence(message)
  if (/exceeds .*limit|will exceed/i.test(message)) {
    return new HeroError('HERO_SOURCE_TOO_LARGE', `The decoder refuses the picture: ${said}.`, { file, cause })
  }
  if (/premature end|unexpected end|end of (?:file|stream|data)|truncated/i.test(message)) {
    return new HeroError('HERO_SOURCE_TRUNCATED', `The file ends too early (${said}).`, { file, cause })
  }
  return new HeroError('HERO_SOURCE_BROKEN', `The file cannot be decoded (${said}).`, { file, cause })
}

/** The last line that libvips adds is the outermost and says most; lines about seeking inside the buffer say nothing. */
function toSentence(message: string): string {
  const lines = message.split('\n').map((line) => line.trim())
  const telling = lines.filter((line) => line !== '' && !line.startsWith('source: bad seek') && /[a-z]/i.test(line))
  return (telling[0] ?? 'no reason given').replace(/\.$/, '')
}
