import { defineConfig } from 'tsup'
import { options } from '../../tsup.base.ts'

export default defineConfig({
  ...options,
  entry: {
    index: 'src/index.ts',
    esbuild: 'src/esbuild.ts',
    vite: 'src/vite.ts',
    rollup: 'src/rollup.ts',
    rolldown: 'src/rolldown.ts',
    webpack: 'src/webpack.ts',
    rspack: 'src/rspack.ts',
    'emit/index': 'src/emit/index.ts',
    'css/index': 'src/css/index.ts',
    'module/index': 'src/module/index.ts',
    // Started by path, beside the chunks that name them.
    'hero-loader': 'src/webpack/hero-loader.ts',
    'variant-loader': 'src/webpack/variant-loader.ts',
    'css-loader': 'src/webpack/css-loader.ts',
    'url-loader': 'src/webpack/url-loader.ts',
  },
})
