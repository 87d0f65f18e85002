/** Hero Image for webpack: `plugins: [heroImage(options)]`. */
import type { HeroOptions } from '@hero-image/core'
import type { WebpackPluginInstance } from 'webpack'
import { applyHeroImage } from './webpack/apply.ts'

/** The plugin. @param options absent: those of `hero.config.ts` */
export default function heroImage(options?: HeroOptions): WebpackPluginInstance {
  return { apply: (compiler) => applyHeroImage(compiler, options) }
}

export { heroImage as 'module.exports' }
