/** Loader for Sass: Next takes the query off every URL in it, so a hero would be the full-size original. */
import { HeroError } from '@hero-image/core'
import { lineAt, readPartials } from '@hero-image/unplugin/css'
import { answer, type LoaderContext } from '@hero-image/unplugin/module'

const heroUrl = /url\(\s*["']?([^"')]*[?&]hero(?:[=&][^"')]*)?)["']?\s*\)/
const comments = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm

export default function refuseSassLoader(this: LoaderContext<unknown>, sass: string): void {
  answer(this, async () => {
    const partials = await readPartials(sass, this.resourcePath)
    for (const { file, text } of [{ file: this.resourcePath, text: sass }, ...partials]) {
      this.addDependency(file)
      // Blanked, not cut out, so that lines stay where they are.
      const match = heroUrl.exec(text.replace(comments, (comment) => comment.replace(/[^\n]/g, ' ')))
      if (match === null) continue
      throw new HeroError(
        'HERO_UNSUPPORTED_REFERENCE',
        `url(${match[1]}) cannot stand in Sass: Next takes the query off.`,
        {
          file: `${file}:${lineAt(text, match.index)}`,
          hint: 'Move the rule into a .css file or a CSS module.',
        },
      )
    }
    return sass
  })
}
