/** Hero Image for Rspack: `plugins: [heroImage(options)]`. */
import type { HeroOptions } from '@hero-image/core'
import type { RspackPluginInstance } from '@rspack/core'
import { applyHeroImage } from './webpack/apply.ts'

/** The plugin. @param options absent: those of `hero.config.ts` */
export default function heroImage(options?: HeroOptions): RspackPluginInstance {
  return { apply: (compiler) => applyHeroImage(compiler, options) }
}

export { heroImage as 'module.exports' }
