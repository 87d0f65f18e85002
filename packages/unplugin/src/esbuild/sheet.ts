/** Style sheets: `url(./hero.jpg?hero)` becomes a background that changes with the viewport. */
import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { type HeroAsset, toAsset } from '@hero-image/core'
import type { Loader, OnLoadResult, PartialMessage, PluginBuild } from 'esbuild'
import { collectUrls, expandReferences, type Reference } from '../css/index.ts'
import { findPhoto } from './find-photo.ts'
import { toWarnings } from './message.ts'
import { toFileRequest, watchedBy } from './picture.ts'
import type { Run } from './run.ts'

/** A sheet with pictures, or `undefined` to leave it as it is. When a URL in it is wrong, esbuild then asks about that URL, and the error gets its place. */
export async function loadSheet(build: PluginBuild, run: Run, sheet: string): Promise<OnLoadResult | undefined> {
  const loader = loaderOf(sheet, build.initialOptions.loader ?? {})
  const css = await readFile(sheet, 'utf8').catch(() => '')
  // A picture cannot expand where formats are being chosen already; esbuild then asks for one file.
  if (loader === undefined || !/[?&]hero\b/.test(css) || /image-set\([^;{}]*?[?&]hero\b/.test(css)) return undefined
  const watchFiles = [sheet]
  const warnings: PartialMessage[] = []
  const find = (path: string): Promise<string | undefined> =>
    findPhoto(build, { kind: 'url-token', importer: sheet, namespace: 'file', resolveDir: dirname(sheet) }, path)
  const assetOf = async ({ file, query }: Reference): Promise<HeroAsset> => {
    watchFiles.push(...watchedBy(run.started.host.root, file))
    const plan = await run.plan(file, query)
    warnings.push(...toWarnings(plan))
    return toAsset(plan, ({ name }) => toFileRequest(name))
  }
  try {
    const collected = await collectUrls(css, sheet, find)
    if (collected === undefined) return undefined
    return { contents: await expandReferences(collected.code, assetOf), loader, warnings, watchFiles }
  } catch {
    return undefined
  }
}

/** The loader that esbuild would choose: that of the longest ending. */
function loaderOf(sheet: string, chosen: Readonly<Record<string, Loader>>): Loader | undefined {
  const loaders: Readonly<Record<string, Loader>> = { '.css': 'css', '.module.css': 'local-css', ...chosen }
  const [, ...parts] = basename(sheet).split('.')
  const endings = parts.map((_, index) => `.${parts.slice(index).join('.')}`)
  const ending = endings.find((each) => loaders[each] !== undefined)
  const loader = ending === undefined ? undefined : loaders[ending]
  return /^(?:global-|local-)?css$/.test(loader ?? '') ? loader : undefined
}
