/** Pictures that people name in Markdown and frontmatter: what is wrong with them is told with file and line. */
import { readFile } from 'node:fs/promises'
import { HeroError, isHeroError, parseQuery, type ResolvedOptions, resolveRequest } from '@hero-image/core'
import { findOnDisk, splitId } from '@hero-image/unplugin/emit'

/** The part of a plugin context that finds files. */
interface Resolver {
  resolve(source: string, importer?: string): Promise<{ readonly id: string } | null>
}

/** Finds the module of a picture by its name as written in a file. */
export type ResolveWritten = (context: Resolver, source: string, file: string) => Promise<string>

/**
 * Gives the function.
 *
 * @throws HeroError with file and line: HERO_SOURCE_MISSING, and what is wrong with the query, unknown presets included
 */
export function createResolveWritten(options: ResolvedOptions): ResolveWritten {
  return async (context, source, file) => {
    const query = splitId(source)?.query ?? ''
    const path = source.slice(0, source.lastIndexOf('?'))
    try {
      resolveRequest(options, parseQuery(query, source), source)
      const found = await context.resolve(toRelative(source, file), file)
      if (found !== null) return found.id
    } catch (error) {
      if (!isHeroError(error)) throw error
      if (error.code !== 'HERO_SOURCE_MISSING')
        throw new HeroError(error.code, error.reason, { file: await placeOf(file, source), hint: error.hint })
    }
    throw new HeroError('HERO_SOURCE_MISSING', `There is no photo ${path}.`, { file: await placeOf(file, path) })
  }
}

/** In Markdown names without a dot in front are relative, unless there is no such file: then they are aliases. */
export function toRelative(source: string, file: string): string {
  if (/^\.{0,2}\//.test(source)) return source
  return findOnDisk(`./${source.slice(0, source.lastIndexOf('?'))}`, file) === undefined ? source : `./${source}`
}

/** `file:line` of the first line with the given text; the file alone when it is not found as written. */
export async function placeOf(file: string, text: string): Promise<string> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const index = lines.findIndex((line) => line.includes(text))
  return index < 0 ? file : `${file}:${index + 1}`
}
