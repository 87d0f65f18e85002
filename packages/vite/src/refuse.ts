/** References that cannot become pictures: told with file and line, instead of shipping the full-size original in silence. */
import { HeroError } from '@hero-image/core'
import { isExternal, lineAt } from '@hero-image/unplugin/css'

// The query that is left behind a served or emitted original: nothing of ours looks like this.
const leftover = /url\(\s*["']?([^"')]*\.\w+\?(?:[^"')]*&)?hero(?:[=&][^"')]*)?)["']?\s*\)/g
const comments = /\/\*[\s\S]*?\*\//g

/**
 * @param finished CSS after Vite has worked on it
 * @throws HeroError HERO_UNSUPPORTED_REFERENCE where a hero went through Vite unseen: in a partial, whose text plugins never get
 */
export function refuseLeftover(finished: string, id: string): void {
  const match = findLeftover(finished.replace(comments, ''))
  if (match !== undefined) throw unseen(`${match[1]}`, `that ${id} pulls in`, id)
}

/**
 * The same at the end of a build, where Vite has kept the query apart until then.
 *
 * @param text a finished file of the output
 * @param isEmitted tells whether the output has a file of this name: what users write about heroes is left alone
 */
export function refuseEmitted(text: string, fileName: string, isEmitted: (name: string) => boolean): void {
  for (const [, url = ''] of text.matchAll(leftover)) {
    const name = url.slice(url.lastIndexOf('/') + 1).replace(/\?.*$/, '')
    if (isEmitted(name)) throw unseen(url, `that ${fileName} is made from`, fileName)
  }
}

/** @throws HeroError HERO_UNSUPPORTED_REFERENCE naming file and line of a hero in a sheet that another one imports */
export function refusePartial(text: string, file: string, importer: string): void {
  // Blanked, not cut out, so that lines stay where they are.
  const match = findLeftover(text.replace(comments, (comment) => comment.replace(/[^\n]/g, ' ')))
  if (match !== undefined)
    throw unseen(`${match[1]}`, `that ${importer} pulls in`, `${file}:${lineAt(text, match.index)}`)
}

function findLeftover(css: string): RegExpExecArray | undefined {
  return [...css.matchAll(leftover)].find(([, url = '']) => !isExternal(url))
}

function unseen(url: string, whose: string, file: string): HeroError {
  return new HeroError(
    'HERO_UNSUPPORTED_REFERENCE',
    `${url} stands in a file ${whose} with @import, @use or @include.`,
    {
      file,
      hint: 'Import that file from a script or from HTML instead, or move the rule into the importing file.',
    },
  )
}
