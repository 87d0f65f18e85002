/** References that cannot become pictures: told with file and line, instead of shipping the full-size original in silence. */
import { HeroError } from '@hero-image/core'
import { splitId } from '@hero-image/unplugin/emit'
import { lineAt } from './references.ts'

const newUrl = /\bnew\s+URL\s*\(\s*(["'`])([^"'`]*)\1\s*,\s*import\.meta\.url/g

/** @throws HeroError HERO_UNSUPPORTED_REFERENCE for `new URL('./hero.jpg?hero', import.meta.url)`, which yields one URL where a picture has many */
export function refuseNewUrl(code: string, id: string): void {
  for (const match of code.matchAll(newUrl)) {
    if (splitId(match[2] ?? '') === undefined) continue
    throw new HeroError(
      'HERO_UNSUPPORTED_REFERENCE',
      `new URL('${match[2]}', import.meta.url) would ship the full-size original.`,
      {
        file: `${id}:${lineAt(code, match.index)}`,
        hint: `Write import hero from '${match[2]}' and use hero.src.`,
      },
    )
  }
}

// The query that is left behind an emitted or served original: nothing of ours looks like this.
const leftover = /[^\s"'()]*\.(?:jpe?g|png|webp|avif|gif|tiff?|svg)\?(?:[^\s"')]*&)?hero(?:[=&][^\s"')]*)?(?=["')\s])/i

/**
 * @param finished CSS after Vite has worked on it
 * @throws HeroError HERO_UNSUPPORTED_REFERENCE where a hero went through Vite unseen: in a partial or an `@import`ed sheet, whose text plugins never get
 */
export function refuseLeftover(finished: string, id: string): void {
  const match = leftover.exec(finished)
  if (match === null) return
  throw new HeroError(
    'HERO_UNSUPPORTED_REFERENCE',
    `${match[0]} stands in a file that ${id} pulls in with @import, @use or @include.`,
    {
      file: id,
      hint: 'Import that file from a script or from HTML instead, or move the rule into this file.',
    },
  )
}
