/** Pictures that people name in Markdown and frontmatter: what is wrong with them is told with file and line. */
import { readFile } from 'node:fs/promises'
import { HeroError, isHeroError, parseQuery, type ResolvedOptions, resolveRequest } from '@hero-image/core'
import { findOnDisk, joinId, splitId } from '@hero-image/unplugin/emit'

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
    const { file: path, query } = splitId(toRelative(source, file)) ?? { file: source, query: '' }
    try {
      resolveRequest(options, parseQuery(query, source), source)
    } catch (error) {
      if (!isHeroError(error)) throw error
      const { place, line } = await findWritten(file, source)
      throw new HeroError(error.code, `${line}: ${error.reason}`, { file: place, hint: error.hint })
    }
    const found = findOnDisk(path, file) ?? (await context.resolve(path, file))?.id.replace(/[?#].*$/, '')
    if (found !== undefined) return joinId(found, query)
    const { place, line } = await findWritten(file, source)
    throw new HeroError('HERO_SOURCE_MISSING', `${line}: There is no photo ${path}.`, { file: place })
  }
}

/** In Markdown names without a dot in front are relative, unless there is no such file: then they are aliases. */
export function toRelative(source: string, file: string): string {
  if (/^\.{0,2}\//.test(source)) return source
  return findOnDisk(`./${source.slice(0, source.lastIndexOf('?'))}`, file) === undefined ? source : `./${source}`
}

/** Where somebody wrote something, and the line it stands in, which shows the field of a frontmatter. */
export async function findWritten(file: string, text: string): Promise<{ place: string; line: string }> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const index = lines.findIndex((line) => line.includes(text))
  return { place: index < 0 ? file : `${file}:${index + 1}`, line: lines[index]?.trim() ?? text }
}
