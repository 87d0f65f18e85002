/** Content collections: pictures that entries name in their frontmatter or their text. */
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { componentPath } from './component-path.ts'
import { parseContentImport } from './content-path.ts'
import type { ResolveWritten } from './resolve-written.ts'

const runtime = 'astro/content/runtime'

/**
 * The plugin.
 *
 * @param root folder of the project
 */
export function contentPlugin(root: URL, resolveWritten: ResolveWritten): Plugin {
  const own = componentPath('content-runtime.ts')
  return {
    name: 'hero-image:content',
    enforce: 'pre',
    resolveId: {
      order: 'pre',
      filter: { id: [/[?&]hero\b.*[?&]importer=/, /^astro\/content\/runtime$/] },
      async handler(id, importer) {
        // Astro's functions behind `astro:content`, with tokens in entries made pictures.
        if (id === runtime) return importer === '\0astro:content' ? own : undefined
        const wish = parseContentImport(id)
        if (wish === undefined) return undefined
        const entry = fileURLToPath(new URL(wish.importer, root))
        return resolveWritten(this, wish.source, entry)
      },
    },
  }
}
