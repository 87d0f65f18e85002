/** What esbuild gets for a hero import: a module, or a single file where there is room for one URL only. */
import { resolve } from 'node:path'
import { HeroError } from '@hero-image/core'
import type { OnResolveArgs, OnResolveResult, PluginBuild } from 'esbuild'
import { decodePath } from '../css/index.ts'
import type { HeroId } from '../id.ts'
import { findPhoto } from './find-photo.ts'
import { toFailure, toWarnings } from './message.ts'
import { files, pictures, toPicturePath, watchedBy } from './picture.ts'
import type { Run } from './run.ts'

/**
 * Resolves a hero import of any kind.
 *
 * @param id the import taken apart
 */
export async function resolveHero(
  build: PluginBuild,
  run: Run,
  args: OnResolveArgs,
  id: HeroId,
): Promise<OnResolveResult> {
  const { kind, path } = args
  try {
    if (kind === 'import-rule' || kind === 'composes-from' || kind === 'require-resolve')
      throw new HeroError('HERO_UNSUPPORTED_REFERENCE', `A picture cannot stand here (${kind}).`, { file: path })
    const file = await findPhoto(build, args, kind === 'url-token' ? decodePath(id.file) : id.file)
    if (file === undefined) return { path, external: true }
    return kind === 'url-token' ? await resolveToFallback(run, file, id.query) : toModule(run, { ...id, file })
  } catch (error) {
    // A photo that is missing may come. Without a path esbuild warns that there is nothing to watch, and watches all the same.
    const path = resolve(args.resolveDir, id.file)
    return { ...toFailure(error), path, watchFiles: [path] }
  }
}

/** One file of a picture. */
export function resolveToFile(name: string): OnResolveResult {
  return { path: name, namespace: files, sideEffects: false }
}

function toModule({ started }: Run, id: HeroId): OnResolveResult {
  // An import that nothing uses disappears, and its files with it.
  return { path: toPicturePath(started.host.root, id), namespace: pictures, sideEffects: false }
}

/** For sheets that another plugin has loaded: one URL can only be the default crop. */
async function resolveToFallback(run: Run, photo: string, query: string): Promise<OnResolveResult> {
  const watchFiles = watchedBy(run.started.host.root, photo)
  try {
    const plan = await run.plan(photo, query)
    return { ...resolveToFile(plan.variants[plan.fallback]?.name ?? ''), warnings: toWarnings(plan), watchFiles }
  } catch (error) {
    return { ...toFailure(error), watchFiles }
  }
}
