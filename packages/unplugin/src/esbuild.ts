/** Hero Image for esbuild, and for what builds with it, such as tsup. */
import type { HeroOptions } from '@hero-image/core'
import type { Plugin } from 'esbuild'
import { createEsbuildPlugin } from './esbuild/plugin.ts'

/** The plugin. @param options absent: those of `hero.config.ts` */
export default function heroImage(options?: HeroOptions): Plugin {
  return createEsbuildPlugin(options)
}

export { heroImage as 'module.exports' }
