import { defineConfig } from 'tsup'
import { options } from '../../tsup.base.ts'

export default defineConfig({
  ...options,
  entry: {
    index: 'src/index.ts',
    // Started by path, beside the chunks that name them.
    'hero-loader': 'src/turbopack/hero-loader.ts',
    'variant-loader': 'src/turbopack/variant-loader.ts',
    'css-loader': 'src/turbopack/css-loader.ts',
    'refuse-url-loader': 'src/turbopack/refuse-url-loader.ts',
    'refuse-sass-loader': 'src/refuse-sass-loader.ts',
  },
})
