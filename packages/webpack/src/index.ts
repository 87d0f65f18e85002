/** Hero Image as plugin classes, as projects on webpack and Rspack write them. */
import type { HeroOptions } from '@hero-image/core'
import rspack from '@hero-image/unplugin/rspack'
import webpack from '@hero-image/unplugin/webpack'
import type { Compiler as RspackCompiler } from '@rspack/core'
import type { Compiler as WebpackCompiler } from 'webpack'

/** `plugins: [new HeroImageWebpackPlugin(options)]` in webpack. Without options those of `hero.config.ts` hold. */
export class HeroImageWebpackPlugin {
  readonly #options: HeroOptions | undefined

  constructor(options?: HeroOptions) {
    this.#options = options
  }

  apply(compiler: WebpackCompiler): void {
    webpack(this.#options).apply(compiler)
  }
}

/** `plugins: [new HeroImageRspackPlugin(options)]` in Rspack. Without options those of `hero.config.ts` hold. */
export class HeroImageRspackPlugin {
  readonly #options: HeroOptions | undefined

  constructor(options?: HeroOptions) {
    this.#options = options
  }

  apply(compiler: RspackCompiler): void {
    rspack(this.#options).apply(compiler)
  }
}
