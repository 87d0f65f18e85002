/** One factory for all hosts; nothing in it decides anything about pictures. */
import type { HeroOptions } from '@hero-image/core'
import { createUnplugin, type UnpluginInstance } from 'unplugin'
import { createBarePlugin } from './emit/plugin.ts'
import { toScriptUrl } from './emit/script-url.ts'

/** `heroImage.rollup(options)` and `heroImage.rolldown(options)`. For Vite use `@hero-image/vite`, which also serves in dev. */
export const heroImage: UnpluginInstance<HeroOptions | undefined, false> = createUnplugin((options) => {
  const plugin = createBarePlugin(options)
  return { name: 'hero-image', enforce: 'pre', rollup: plugin, rolldown: { ...plugin, resolveFileUrl: toScriptUrl } }
})
