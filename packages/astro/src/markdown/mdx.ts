/** Pages in MDX: the component that Astro puts in place of images gets one that shows pictures as well. */
import { HeroError } from '@hero-image/core'
import { splitId } from '@hero-image/unplugin/emit'
import type { Plugin } from 'vite'
import { componentPath } from '../component-path.ts'
import { findWritten, type ResolveWritten } from '../resolve-written.ts'

const imageImport = /import\s*\{\s*Image as (__AstroImage__)\s*\}\s*from\s*["']astro:assets["']/
const heroImports = /\bfrom\s*["']([^"'\n]*[?&]hero(?:[=&][^"'\n]*)?)["']/g
// What JSX makes of an attribute with a text.
const literals = /\bsrc:\s*"([^"\n]*[?&]hero(?:[=&][^"\n]*)?)"/g

/** The plugin. */
export function mdxPlugin(resolveWritten: ResolveWritten): Plugin {
  return {
    name: 'hero-image:mdx',
    enforce: 'post',
    transform: {
      filter: { id: /\.mdx$/, code: /[?&]hero\b/ },
      async handler(code, id) {
        for (const [, src = ''] of code.matchAll(literals)) await refuseLiteral(src, id)
        for (const [, source = ''] of code.matchAll(heroImports)) await resolveWritten(this, source, id)
        if (!imageImport.test(code)) return undefined
        const component = JSON.stringify(componentPath('MarkdownImage.astro'))
        return { code: code.replace(imageImport, `import $1 from ${component}`), map: null }
      },
    },
  }
}

async function refuseLiteral(src: string, file: string): Promise<void> {
  if (splitId(src) === undefined || /^(?:[a-z][a-z\d+.-]+:|\/\/)/i.test(src)) return
  const { place, line } = await findWritten(file, src)
  throw new HeroError('HERO_UNSUPPORTED_REFERENCE', `${line}: In JSX the name of a picture stays a text.`, {
    file: place,
    hint: `Write ![…](${src}), or import the picture and write <HeroImage src={hero} alt="…" />.`,
  })
}
