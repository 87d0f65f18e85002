/** `<img src="./hero.jpg?hero">` in HTML entries becomes a `<picture>`. */
import { resolve } from 'node:path'
import { HeroError } from '@hero-image/core'
import { decodePath, type Reference } from '@hero-image/unplugin/css'
import { findOnDisk } from '@hero-image/unplugin/emit'
import type { Plugin } from 'vite'
import type { Pictures } from '../pictures.ts'
import type { AssetOf } from './rewrite.ts'

// Most documents have no picture of ours: only those that do pay for a parser. In attributes an ampersand ends with a semicolon.
const mention = /[?&;]hero\b/

/** The plugin for HTML; `onShown` hears of each photo that a document shows in dev, since no module imports it. */
export function htmlPlugin(pictures: Pictures, onShown: (photo: string) => void): Plugin {
  return {
    name: 'hero-image:html',
    enforce: 'pre',
    transform: {
      filter: { id: /\.html$/, code: mention },
      async handler(html, id) {
        // For browsers Vite transforms documents below; frameworks that render them ask for them as modules.
        if (pictures.isDev && this.environment.config.consumer === 'client') return undefined
        pictures.shown.renew(id)
        const code = await rewrite(html, id, (path, query, place) =>
          pictures.assetOf(this, toReference(path, query, { document: id, place, root: pictures.config.root }), id),
        )
        if (code === undefined) return undefined
        await pictures.keepIn(this, code)
        return { code, map: null }
      },
    },
    transformIndexHtml: {
      order: 'pre',
      handler(html, { server, filename }) {
        pictures.shown.renew(filename)
        if (server === undefined || !mention.test(html)) return undefined
        const context = {
          addWatchFile: (file: string): void => {
            onShown(file)
            server.watcher.add(file)
          },
          warn: (text: string) => server.config.logger.warnOnce(text),
        }
        return rewrite(html, filename, (path, query, place) =>
          pictures.devAsset(
            context,
            toReference(path, query, { document: filename, place, root: pictures.config.root }),
            filename,
          ),
        )
      },
    },
  }
}

async function rewrite(html: string, document: string, assetOf: AssetOf): Promise<string | undefined> {
  const { rewriteHtml } = await import('./rewrite.ts')
  return rewriteHtml(html, document, assetOf)
}

interface Origin {
  /** Path of the document. */
  readonly document: string
  /** Path and line, for messages. */
  readonly place: string
  readonly root: string
}

/** In HTML a leading slash means the project, and everything else is relative to the document. */
function toReference(path: string, query: string, { document, place, root }: Origin): Reference {
  const decoded = decodePath(path)
  const file = decoded.startsWith('/')
    ? findOnDisk(resolve(root, `.${decoded}`), undefined)
    : findOnDisk(`./${decoded}`, document)
  if (file === undefined) throw new HeroError('HERO_SOURCE_MISSING', `There is no photo ${path}.`, { file: place })
  return { file, query }
}
