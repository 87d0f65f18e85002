/** Loader for scripts with `new URL('./hero.jpg?hero', import.meta.url)`, which Turbopack would answer with the URL of our module. */
import { HeroError } from '@hero-image/core'
import { answer, heroQueryOf } from '@hero-image/unplugin/module'
import type { TurbopackContext } from './context.ts'

const newUrl = /\bnew\s+URL\s*\(\s*(["'`])([^"'`]*)\1\s*,\s*import\.meta\.url/g

export default function refuseLoader(this: TurbopackContext, code: string): void {
  answer(this, async () => {
    for (const match of code.matchAll(newUrl)) {
      const request = match[2] ?? ''
      const before = code.slice(0, match.index)
      const isComment = /^\s*(?:\/\/|\/?\*)/.test(before.slice(before.lastIndexOf('\n') + 1))
      if (isComment || heroQueryOf(request) === undefined) continue
      throw new HeroError(
        'HERO_UNSUPPORTED_REFERENCE',
        `new URL('${request}', import.meta.url) yields one URL, where a picture has many.`,
        {
          file: `${this.resourcePath}:${before.split('\n').length}`,
          hint: `Write import hero from '${request}' and use hero.src.`,
        },
      )
    }
    return code
  })
}
