/** How pictures and their files travel through esbuild: as modules in namespaces of our own. */
import { relative, resolve, sep } from 'node:path'
import { planDependencies } from '@hero-image/core'
import { type HeroId, splitId } from '../id.ts'

/** Namespace of hero modules. */
export const pictures = 'hero-image'

/** Namespace of files; their path is their name. */
export const files = 'hero-image-file'

/** Path of a hero module. Relative, since it becomes part of comments, source maps and hashes, which must not depend on the machine. */
export function toPicturePath(root: string, { file, query }: HeroId): string {
  return `${relative(root, file).split(sep).join('/')}?${query}`
}

/** The photo and the query behind such a path. */
export function parsePicturePath(root: string, path: string): HeroId {
  const { file, query } = splitId(path) ?? { file: path, query: 'hero' }
  return { file: resolve(root, file), query }
}

/** What modules and style sheets import for a file. It looks relative: other plugins take bare names for packages. */
export function toFileRequest(name: string): string {
  return `./${name}?hero-v`
}

export const fileRequestPattern: RegExp = /^\.\/[^/]+\?hero-v$/

/** The name inside such a request. */
export function parseFileRequest(request: string): string {
  return request.slice('./'.length, -'?hero-v'.length)
}

/** What a picture depends on, whether it exists yet or not. */
export function watchedBy(root: string, photo: string): string[] {
  return [...planDependencies(photo, root)]
}
