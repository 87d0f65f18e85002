/** `new URL('./hero.jpg?hero', import.meta.url)` yields one URL where a picture has many: told with file and line, instead of shipping the original or nothing. */
import { HeroError } from '@hero-image/core'
import { lineAt } from '../css/index.ts'
import { splitId } from '../id.ts'

/** Quick test for hook filters; `refuseNewUrl` decides. */
export const newUrlPattern: RegExp = /\bnew\s+URL\b[^)]*[?&]hero\b/

const newUrl = /\bnew\s+URL\s*\(\s*(["'`])([^"'`]*)\1\s*,\s*import\.meta\.url/g

/** @throws HeroError HERO_UNSUPPORTED_REFERENCE naming file and line */
export function refuseNewUrl(code: string, id: string): void {
  for (const match of code.matchAll(newUrl)) {
    const line = code.slice(code.lastIndexOf('\n', match.index) + 1, match.index)
    // Most comments are told by how their line begins; only code would ship anything.
    if (splitId(match[2] ?? '') === undefined || /^\s*(?:\/\/|\/?\*)/.test(line)) continue
    throw new HeroError(
      'HERO_UNSUPPORTED_REFERENCE',
      `new URL('${match[2]}', import.meta.url) would show the full-size original, or nothing.`,
      {
        file: `${id}:${lineAt(code, match.index)}`,
        hint: `Write import hero from '${match[2]}' and use hero.src.`,
      },
    )
  }
}
