/** References that esbuild lets through as they are: told with file and line, instead of links that lead nowhere. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HeroError } from '@hero-image/core'
import type { BuildResult, PartialMessage } from 'esbuild'
import { lineAt } from '../css/index.ts'
import { newUrlPattern, refuseNewUrl } from '../emit/new-url.ts'
import { toRefusal } from './message.ts'
import { readOutput } from './output-file.ts'

/** A form of reference that esbuild does not follow. */
interface Form {
  /** Outputs that it can stand in. */
  readonly output: RegExp
  /** What it leaves there, roughly. */
  readonly left: RegExp
  /** Throws where a source has it. */
  refuse(source: string, file: string): void
}

const forms: readonly Form[] = [
  { output: /\.[cm]?js$/, left: newUrlPattern, refuse: refuseNewUrl },
  { output: /\.css$/, left: /image-set\([^;{}]*[?&]hero\b/, refuse: refuseImageSet },
]

/**
 * Looks for them in the output, which has few files, and in the sources only when there is one.
 *
 * @returns errors
 */
export async function refuseLeftovers(result: BuildResult, root: string): Promise<PartialMessage[]> {
  const refused = refuseGlobs(result)
  for (const [path, { inputs }] of Object.entries(result.metafile?.outputs ?? {})) {
    const form = forms.find(({ output }) => output.test(path))
    if (form === undefined || !form.left.test(await readOutput(result, join(root, path)))) continue
    for (const input of Object.keys(inputs)) {
      const source = await readText(join(root, input))
      try {
        form.refuse(source, input)
      } catch (error) {
        refused.push(toRefusal(error, input, source))
      }
    }
  }
  return refused
}

/** A string in `image-set()` that is not inside `url()`. */
function refuseImageSet(source: string, file: string): void {
  const match = /image-set\([^;{}]*?(?<!url\(\s*)["']([^"']*[?&]hero(?:[=&][^"']*)?)["']/.exec(source)
  if (match === null) return
  throw new HeroError('HERO_UNSUPPORTED_REFERENCE', `image-set("${match[1]}") cannot hold a hero.`, {
    file: `${file}:${lineAt(source, match.index)}`,
    hint: 'Write url() alone: it becomes an image-set() for each crop.',
  })
}

/** esbuild looks for files whose names end in our query, finds none and only warns. */
function refuseGlobs({ warnings }: BuildResult): PartialMessage[] {
  const globs = warnings.filter(
    ({ id, location }) => id === 'empty-glob' && /[?&]hero\b/.test(location?.lineText ?? ''),
  )
  return globs.map(({ location }) => {
    const { message } = new HeroError(
      'HERO_UNSUPPORTED_REFERENCE',
      'esbuild cannot import several pictures by a pattern: it takes the query for a part of the file name.',
      {
        file: `${location?.file}:${location?.line}`,
        hint: "Write the imports one by one, such as { a: () => import('./a.jpg?hero') }.",
      },
    )
    return { text: message, location }
  })
}

/** What other plugins made is no file. */
function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}
