/** Finds `url(./hero.jpg?hero)` in a style sheet of any dialect and puts a reference in its place. */
import { HeroError } from '@hero-image/core'
import { splitId } from '../id.ts'
import { decodePath, isExternal, lineAt, toReferenceUrl } from './references.ts'

// Comments come first, so that what they contain is passed over.
const urls = /\/\*[\s\S]*?\*\/|url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)/g
const bareStrings = /image-set\([^;{}]*?(["'])([^"']*[?&]hero(?:[=&][^"']*)?)\1/g

/** Finds the file behind a URL as written, or `undefined`. */
export type FindFile = (path: string) => Promise<string | undefined>

/**
 * Replaces every hero URL by a reference.
 *
 * @param id path of the style sheet, for messages
 * @returns `undefined` when the sheet has none
 * @throws HeroError HERO_SOURCE_MISSING with file and line, HERO_UNSUPPORTED_REFERENCE for `image-set("…?hero")`
 */
export async function collectUrls(
  css: string,
  id: string,
  find: FindFile,
): Promise<{ code: string; map: string } | undefined> {
  // Loaded for the first sheet with a hero: builds without one need not wait for it.
  const { default: MagicString } = await import('magic-string')
  const text = new MagicString(css)
  for (const match of css.matchAll(urls)) {
    const written = match[1] ?? match[2] ?? match[3]
    const parts = written === undefined ? undefined : splitId(written)
    if (parts === undefined || isExternal(parts.file)) continue
    const place = `${id}:${lineAt(css, match.index)}`
    const file = await find(decodePath(parts.file))
    if (file === undefined)
      throw new HeroError('HERO_SOURCE_MISSING', `There is no photo ${parts.file}.`, { file: place })
    text.update(match.index, match.index + match[0].length, `url("${toReferenceUrl({ file, query: parts.query })}")`)
  }
  for (const match of css.matchAll(bareStrings)) {
    throw new HeroError('HERO_UNSUPPORTED_REFERENCE', `image-set("${match[2]}") cannot hold a hero.`, {
      file: `${id}:${lineAt(css, match.index)}`,
      hint: 'Write url() alone: it becomes an image-set() for each crop.',
    })
  }
  return text.hasChanged()
    ? { code: text.toString(), map: text.generateMap({ source: id, hires: 'boundary' }).toString() }
    : undefined
}
