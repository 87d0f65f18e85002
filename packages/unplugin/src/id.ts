/** Hero ids: how an import is recognised, split and found on disk. Nothing else looks at ids. */
import { existsSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import { isHeroQuery } from '@hero-image/core'

/** A hero import taken apart. */
export interface HeroId {
  /** The path as written, or absolute once resolved. */
  readonly file: string
  /** The query without question mark. */
  readonly query: string
}

/** Quick test for hook filters; `splitId` decides. */
export const heroIdPattern: RegExp = /[?&]hero(?:[=&]|$)/

// Keys that hosts add to any import; they say nothing about the picture.
const hostKeys = /^(?:t|v|import|hero-file)(?:=|$)/

/** Takes an import or id apart, or `undefined` when it is none of ours. File names may contain `?`: the last one counts. */
export function splitId(id: string): HeroId | undefined {
  const at = id.lastIndexOf('?')
  if (at < 0) return undefined
  const parts = id.slice(at + 1).split('&')
  const query = parts.filter((part) => !hostKeys.test(part)).join('&')
  if (!isHeroQuery(query)) return undefined
  const encoded = parts.find((part) => part.startsWith('hero-file='))?.slice('hero-file='.length)
  const file = encoded === undefined ? id.slice(0, at) : Buffer.from(encoded, 'base64url').toString()
  return { file, query }
}

/**
 * The id of a source on disk. Names with `?`, `#` or `%` would be cut or decoded by hosts on the way, so those travel inside the query.
 */
export function joinId(file: string, query: string): string {
  if (!/[?#%]/.test(file)) return `${file}?${query}`
  return `${file.replace(/[?#%]/g, '_')}?${query}&hero-file=${Buffer.from(file).toString('base64url')}`
}

/**
 * The file a relative or absolute import names, or `undefined` when there is none: then the host's own resolver is asked (aliases, packages).
 * Accents can be stored in two Unicode forms, and tools convert between them without asking.
 */
export function findOnDisk(path: string, importer: string | undefined): string | undefined {
  const relative = path.startsWith('./') || path.startsWith('../')
  if (!relative && !isAbsolute(path)) return undefined
  const from =
    importer === undefined ? process.cwd() : dirname(splitId(importer)?.file ?? importer.replace(/[?#].*$/, ''))
  const file = relative ? resolve(from, path) : path
  return [file, file.normalize('NFC'), file.normalize('NFD')].find((form) => existsSync(form))
}
