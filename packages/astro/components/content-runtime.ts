/** What `astro:content` is made of, with real pictures in the text of entries. */

import * as astro from 'astro/content/runtime'
import { AstroError } from 'astro/errors'
import { isForeign, parseContentImport } from '../src/content-path.ts'
import { replaceTokens, tokenStart } from '../src/markdown/token.ts'
import { isAsset } from './asset.ts'
import { toPicture } from './markdown.ts'

export * from 'astro/content/runtime'

type GetCollection = ReturnType<typeof astro.createGetCollection>
type GetEntry = ReturnType<typeof astro.createGetEntry>
type Entry = Awaited<ReturnType<GetCollection>>[number]

/** `getCollection`, with pictures. */
export function createGetCollection(options: Parameters<typeof astro.createGetCollection>[0]): GetCollection {
  const get = astro.createGetCollection(options)
  return async (collection, filter) => {
    const entries = await get(collection, filter)
    for (const entry of entries) await fillIn(entry)
    return entries
  }
}

/** `getEntry`, with pictures. */
export function createGetEntry(options: Parameters<typeof astro.createGetEntry>[0]): GetEntry {
  const get = astro.createGetEntry(options)
  return async (collection, lookup) => {
    const entry = await get(collection, lookup)
    if (entry !== undefined) await fillIn(entry)
    return entry
  }
}

/** Astro gives each caller an entry of its own; what it was rendered to is shared. */
async function fillIn(entry: Partial<Entry> & { readonly id: string }): Promise<void> {
  const { rendered, assetImports = [], filePath = '', id } = entry
  if (assetImports.some(isForeign)) throw outdated(id)
  if (rendered === undefined || !rendered.html.includes(tokenStart)) return
  const { default: imports } = await import('astro:asset-imports')
  entry.rendered = {
    ...rendered,
    html: replaceTokens(rendered.html, (picture) => {
      const key = [...imports.keys()].find((each) => {
        const wish = parseContentImport(each)
        return wish?.importer === filePath && wish.source === picture.src
      })
      const asset = key === undefined ? undefined : imports.get(key)
      if (!isAsset(asset)) throw outdated(id)
      return toPicture(asset, picture)
    }),
  }
}

function outdated(id: string): AstroError {
  return new AstroError(
    `[HERO_UNSUPPORTED_REFERENCE] The entry "${id}" has a picture, but was compiled before Hero Image was there.`,
    'Run `astro build --force` or `astro dev --force` once. If that does not help, put heroImage() last in `integrations`.',
  )
}
