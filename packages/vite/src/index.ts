/** Hero Image for Vite: the shared hooks for builds, pictures on request in dev, and heroes in CSS and HTML. */
import type { HeroOptions } from '@hero-image/core'
import { createEmitHooks, createEmitPlugin, createSession, type Log } from '@hero-image/unplugin/emit'
import type { Plugin } from 'vite'
import { cssPlugins } from './css/plugin.ts'
import { devPlugin } from './dev/plugin.ts'
import { studioPlugin } from './dev/studio.ts'
import { htmlPlugin } from './html/plugin.ts'
import { modulePlugin } from './module-plugin.ts'
import { createPictures } from './pictures.ts'
import { vueServerPlugin } from './vue-server.ts'

/**
 * The plugin.
 *
 * @param options written here, or in `hero.config.ts` when absent; never merged
 * @param log where messages go; Vite's own log by default. For frameworks that build upon Vite
 * @example
 * // vite.config.ts
 * export default defineConfig({ plugins: [heroImage()] })
 */
export function heroImage(options?: HeroOptions, log?: Log): Plugin[] {
  const session = createSession(options)
  const hooks = createEmitHooks(session)
  const pictures = createPictures(session, hooks, log)
  const shown = new Set<string>()
  return [
    modulePlugin(hooks, createEmitPlugin(hooks), pictures),
    devPlugin(pictures, shown),
    studioPlugin(pictures),
    ...cssPlugins(pictures),
    htmlPlugin(pictures, (file) => shown.add(file)),
    vueServerPlugin(),
  ]
}

export { defineHero, type HeroAsset, type HeroOptions } from '@hero-image/core'
