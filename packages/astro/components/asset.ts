/** What `<HeroImage>` got as `src`; whatever is no asset is told with the page it stands on. */
import type { HeroAsset } from '@hero-image/core'
import { AstroError } from 'astro/errors'

/** True for what a `?hero` import yields. */
export function isAsset(value: unknown): value is HeroAsset {
  return typeof value === 'object' && value !== null && 'sources' in value && 'preload' in value && 'preset' in value
}

/**
 * The asset behind a `src`, which may be the import itself.
 *
 * @throws AstroError with code HERO_INVALID_OPTION
 */
export async function toAsset(src: unknown, page: URL): Promise<HeroAsset> {
  const given: unknown = await src
  const value = typeof given === 'object' && given !== null && 'default' in given ? given.default : given
  if (isAsset(value)) return value
  throw refusal(
    page,
    `src is ${describe(value)}.`,
    'Write import hero from \'./hero.jpg?hero\' and <HeroImage src={hero} alt="…" />.',
  )
}

/** Says which page is at fault where markup cannot be made. */
export function withPage<Result>(page: URL, make: () => Result): Result {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof Error && 'reason' in error && 'hint' in error)) throw error
    throw refusal(page, String(error.reason), String(error.hint))
  }
}

function refusal(page: URL, what: string, hint: string): AstroError {
  return new AstroError(`[HERO_INVALID_OPTION] <HeroImage> on ${page.pathname}: ${what}`, hint)
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `the text '${value}'`
  if (typeof value === 'object' && value !== null && 'format' in value) return 'an image imported without ?hero'
  return value === undefined ? 'missing' : 'no picture'
}
