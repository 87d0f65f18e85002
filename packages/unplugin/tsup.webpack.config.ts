/** The family of webpack, and esbuild: a build of its own, since what only some entries share becomes a file each, and no process needs both families. */
import { defineConfig } from 'tsup'
import { options } from '../../tsup.base.ts'

export default defineConfig({
  ...options,
  entry: {
    esbuild: 'src/esbuild.ts',
    webpack: 'src/webpack.ts',
    rspack: 'src/rspack.ts',
    'module/index': 'src/module/index.ts',
    // Started by path, beside the chunks that name them.
    'hero-loader': 'src/webpack/hero-loader.ts',
    'variant-loader': 'src/webpack/variant-loader.ts',
    'css-loader': 'src/webpack/css-loader.ts',
    'url-loader': 'src/webpack/url-loader.ts',
  },
  clean: false,
})
