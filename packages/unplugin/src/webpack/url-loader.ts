/** Loader for `new URL('./hero.jpg?hero', import.meta.url)` and for style sheets that our own loader has not seen: refused, since one URL cannot be a picture. */
import { readFile } from 'node:fs/promises'
import { HeroError } from '@hero-image/core'
import { refuseNewUrl } from '../emit/new-url.ts'
import { answer } from './answer.ts'
import type { LoaderContext } from './compiler.ts'

/** Who asks. */
export interface UrlSettings {
  /** Absolute path of a script or a style sheet. */
  readonly issuer?: string | undefined
}

export function pitch(this: LoaderContext<UrlSettings>): void {
  answer(this, async () => {
    const importer = this.getOptions().issuer?.replace(/[?#].*$/, '')
    // With its line, where it is written as usual.
    if (importer !== undefined) refuseNewUrl(await readFile(importer, 'utf8').catch(() => ''), importer)
    throw new HeroError(
      'HERO_UNSUPPORTED_REFERENCE',
      `new URL('…${this.resourceQuery}', import.meta.url), or url() in a sheet that another one pulls in, would ship the full-size original of ${this.resourcePath}.`,
      {
        file: importer ?? this.resourcePath,
        hint: 'In scripts, write `import hero from …` and use hero.src. In styles, move the rule into a sheet that a script imports.',
      },
    )
  })
}

/** Never reached: `pitch` answers. */
export default function urlLoader(): void {}
