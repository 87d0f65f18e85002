/** Pages in Markdown: tokens become pictures when the module is made. */
import { HeroError } from '@hero-image/core'
import type { Plugin } from 'vite'
import { componentPath } from '../component-path.ts'
import type { ResolveWritten } from '../resolve-written.ts'
import { replaceTokens, tokenStart } from './token.ts'

const untaken = /import Astro__\w+ from "([^"]*[?&]hero(?:[=&][^"]*)?(?<!&v=\.jpg))"/

/** The plugin. */
export function markdownPlugin(resolveWritten: ResolveWritten): Plugin {
  return {
    name: 'hero-image:markdown',
    transform: {
      filter: { id: /\.(?:md|markdown|mdown|mkdn|mkd|mdwn)(?:\?|$)/, code: /<hero-picture|[?&]hero\b/ },
      async handler(code, id) {
        const file = id.replace(/[?#].*$/, '')
        refuseUntaken(code, file)
        if (!code.includes(tokenStart)) return undefined
        const names = new Map<string, string>()
        // Tokens stand in a string literal that JSON wrote.
        const spliced = replaceTokens(code, (picture) => {
          const name = names.get(picture.src) ?? `__hero${names.size}`
          names.set(picture.src, name)
          return `" + toPicture(${name}, ${JSON.stringify(picture)}) + "`
        })
        for (const src of names.keys()) await resolveWritten(this, src, file)
        const imports = [...names].map(([src, name]) => `import ${name} from ${JSON.stringify(src)}`)
        const runtime = `import { toPicture } from ${JSON.stringify(componentPath('markdown.ts'))}`
        return { code: [runtime, ...imports, spliced].join('\n'), map: null }
      },
    },
  }
}

function refuseUntaken(code: string, file: string): void {
  const source = untaken.exec(code)?.[1]
  if (source === undefined) return
  throw new HeroError(
    'HERO_UNSUPPORTED_REFERENCE',
    `${source} was compiled by a Markdown processor that an integration chose later.`,
    {
      file,
      hint: 'Put heroImage() last in `integrations`.',
    },
  )
}
