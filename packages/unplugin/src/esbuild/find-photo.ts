/** Finds the photo of an import: beside the importer, or wherever esbuild and other plugins find it (aliases, tsconfig paths, packages). */
import { join } from 'node:path'
import { HeroError } from '@hero-image/core'
import type { OnResolveArgs, PluginBuild } from 'esbuild'
import { findOnDisk } from '../id.ts'

/** Who asks for a photo: the part of esbuild's arguments that counts. */
interface Asking extends Pick<OnResolveArgs, 'kind' | 'importer' | 'namespace' | 'resolveDir'> {
  readonly pluginData?: unknown
}

/**
 * @param path without query
 * @returns absolute path, or `undefined` when the build leaves it to others (`external`)
 * @throws HeroError HERO_SOURCE_MISSING
 */
export async function findPhoto(build: PluginBuild, asking: Asking, path: string): Promise<string | undefined> {
  const { kind, importer, namespace, resolveDir, pluginData } = asking
  // Style sheets and entry points name their neighbours without `./`.
  const isBare = kind === 'url-token' || kind === 'entry-point'
  const found = findHere(path, resolveDir) ?? (isBare ? findHere(`./${path}`, resolveDir) : undefined)
  if (found !== undefined) return found
  const resolved = await build.resolve(path, { kind, importer, namespace, resolveDir, pluginData })
  if (resolved.external) return undefined
  if (resolved.errors.length === 0 && resolved.namespace === 'file') return resolved.path
  throw new HeroError('HERO_SOURCE_MISSING', `There is no such photo (imported by ${importer}).`, { file: path })
}

function findHere(path: string, resolveDir: string): string | undefined {
  return resolveDir === '' ? undefined : findOnDisk(path, join(resolveDir, 'importer'))
}
