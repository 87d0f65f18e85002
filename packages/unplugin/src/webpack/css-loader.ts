/** Loader that runs first on style sheets: `url(./hero.jpg?hero)` becomes backgrounds that change with the viewport. */
import { dirname, relative, sep } from 'node:path'
import { type HeroAsset, toAsset } from '@hero-image/core'
import { collectUrls, expandReferences, type Reference } from '../css/index.ts'
import { findOnDisk } from '../id.ts'
import { type LoaderSettings, openSession } from '../module/sessions.ts'
import { toVariantQuery } from '../module/variant-request.ts'
import { answer } from './answer.ts'
import { collapseReferences } from './collapse.ts'
import type { LoaderContext } from './compiler.ts'
import { watchDetector, watchPhoto } from './watch-photo.ts'

const plain = /\.(?:css|pcss|postcss)$/i

export default function cssLoader(this: LoaderContext<LoaderSettings>, css: string): void {
  answer(this, () => showBackgrounds(this, css, this.getOptions()))
}

/**
 * The sheet with backgrounds in place of heroes.
 *
 * @param mark goes to the end of each file's query, where a host tells by it who asks
 */
export async function showBackgrounds(
  context: LoaderContext<unknown>,
  css: string,
  settings: LoaderSettings,
  mark = '',
): Promise<string> {
  if (!/[?&]hero\b/.test(css)) return css
  const sheet = context.resourcePath
  const folder = dirname(sheet)
  const collected = await collectUrls(css, sheet, (path) => findPhoto(context, folder, path))
  if (collected === undefined) return css
  const assetOf = async ({ file, query }: Reference): Promise<HeroAsset> => {
    watchPhoto(context, file, settings.root)
    const { engine } = await openSession(settings)
    watchDetector(context, engine.options)
    const plan = await engine.plan(file, query)
    const request = toRequest(relative(folder, file))
    return toAsset(plan, ({ name }) => request + toVariantQuery({ name, query }) + mark)
  }
  // Only plain CSS can be taken apart and put together again; in other dialects a background shows its default crop.
  return plain.test(sheet) ? expandReferences(collected.code, assetOf) : collapseReferences(collected.code, assetOf)
}

/** As CSS means it: bare names are relative too. Anything else is an alias or a package. */
async function findPhoto(context: LoaderContext<unknown>, folder: string, path: string): Promise<string | undefined> {
  const importer = context.resourcePath
  const found = findOnDisk(path, importer) ?? findOnDisk(`./${path}`, importer)
  if (found !== undefined) return found
  return new Promise((done) => {
    context.resolve(folder, path.replace(/^~/, ''), (error, file) =>
      done(error !== null || file === undefined || file === false ? undefined : file.replace(/[?#].*$/, '')),
    )
  })
}

function toRequest(path: string): string {
  const url = path.split(sep).map(encodeURIComponent).join('/')
  return url.startsWith('../') ? url : `./${url}`
}
