/** Loader for `new URL('./hero.jpg?hero', import.meta.url)` and for style sheets that our own loader has not seen: refused, since one URL cannot be a picture. */
import { HeroError } from '@hero-image/core'
import { answer } from './answer.ts'
import type { LoaderContext } from './compiler.ts'

export function pitch(this: LoaderContext<unknown>): void {
  answer(this, async () => {
    throw new HeroError(
      'HERO_UNSUPPORTED_REFERENCE',
      `new URL('…${this.resourceQuery}', import.meta.url), or url() in a sheet that another one pulls in, would ship the full-size original.`,
      {
        file: this.resourcePath,
        hint: 'In scripts, write `import hero from …` and use hero.src. In styles, move the rule into a sheet that a script imports.',
      },
    )
  })
}

/** Never reached: `pitch` answers. */
export default function urlLoader(): void {}
