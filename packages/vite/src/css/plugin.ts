/** `url(./hero.jpg?hero)` in style sheets: a reference before Vite compiles the sheet, backgrounds per crop afterwards. */
import { resolve } from 'node:path'
import { collectUrls, expandReferences, hasReferences, readPartials } from '@hero-image/unplugin/css'
import { findOnDisk } from '@hero-image/unplugin/emit'
import type { Plugin } from 'vite'
import type { Pictures } from '../pictures.ts'
import { refuseEmitted, refuseLeftover, refusePartial } from '../refuse.ts'

const sheets = /\.(?:css|less|sass|scss|styl|stylus|pcss|postcss|sss)(?:$|\?)/

const pictureName = /\.(?:avif|webp|jpe?g|png|gif)$/i

/** Two plugins, since the sheet is seen twice: in its own dialect, and as plain CSS. */
export function cssPlugins(pictures: Pictures): Plugin[] {
  return [
    {
      name: 'hero-image:css-references',
      enforce: 'pre',
      transform: {
        filter: { id: sheets, code: /[?&]hero\b|@(?:import|use|forward)\b/ },
        async handler(code, id) {
          const file = id.replace(/[?#].*$/, '')
          for (const partial of await readPartials(code, file)) refusePartial(partial.text, partial.file, file)
          return collectUrls(code, file, async (path) => {
            const found = path.startsWith('/')
              ? findOnDisk(resolve(pictures.config.root, `.${path}`), undefined)
              : findOnDisk(path, file)
            // Bare names are relative in CSS; anything else is an alias or a package.
            const bare = found ?? findOnDisk(`./${path}`, file)
            return bare ?? (await this.resolve(path, file, { skipSelf: true }))?.id.replace(/[?#].*$/, '')
          })
        },
      },
    },
    {
      name: 'hero-image:css-backgrounds',
      transform: {
        filter: { id: sheets },
        async handler(code, id) {
          refuseLeftover(code, id.replace(/[?#].*$/, ''))
          pictures.shown.renew(id)
          if (!hasReferences(code)) return undefined
          const expanded = await expandReferences(code, (reference) => pictures.assetOf(this, reference, id))
          // Styles inside HTML are cut out of it and put back: no chunk ever has them.
          await pictures.keepIn(this, expanded, id.includes('html-proxy') ? undefined : id)
          return { code: expanded, map: null }
        },
      },
      generateBundle: {
        order: 'post',
        handler(_, bundle) {
          const names = new Set(Object.keys(bundle).map((path) => path.slice(path.lastIndexOf('/') + 1)))
          for (const file of Object.values(bundle)) {
            // Looking at a picture would copy its bytes out of the bundler.
            if (pictureName.test(file.fileName)) continue
            const text = file.type === 'chunk' ? file.code : file.source
            if (typeof text === 'string') refuseEmitted(text, file.fileName, (name) => names.has(name))
          }
        },
      },
    },
  ]
}
