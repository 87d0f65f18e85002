/** `import hero from './hero.jpg?hero'`: the shared hooks in builds, signed URLs in dev. */
import {
  type EmitHooks,
  type EmitPlugin,
  heroIdPattern,
  newUrlPattern,
  refuseNewUrl,
  splitId,
} from '@hero-image/unplugin/emit'
import type { Plugin } from 'vite'
import type { Pictures } from './pictures.ts'

/** The plugin for imports. */
export function modulePlugin(hooks: EmitHooks, emit: EmitPlugin, pictures: Pictures): Plugin {
  return {
    ...emit,
    name: 'hero-image',
    enforce: 'pre',
    config(config) {
      // A library does not know the address it will be served from; with the default base its URLs would point to the root of somebody else's site.
      return config.build?.lib && config.base === undefined ? { base: './' } : undefined
    },
    configResolved: (config) => pictures.configure(config),
    async buildStart() {
      if (!pictures.isDev) hooks.begin(this)
    },
    load: {
      // Frameworks have loaders of their own for images, and some take note of the photo even when they leave it to others.
      order: 'pre',
      filter: { id: heroIdPattern },
      async handler(id) {
        if (!pictures.isDev) return hooks.load(this, id)
        const reference = splitId(id)
        return reference === undefined ? undefined : pictures.devModule(this, reference)
      },
    },
    transform: {
      filter: { code: newUrlPattern },
      handler(code, id) {
        refuseNewUrl(code, id)
      },
    },
    async closeBundle() {
      if (pictures.isDev) return
      const isLast = await hooks.finish(this)
      if (isLast && !this.meta.watchMode) await pictures.close()
    },
    async closeWatcher() {
      await emit.closeWatcher()
      await pictures.close()
    },
  }
}
