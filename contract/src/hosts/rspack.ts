/** Rspack. */
import { caseNames } from '../case-names.ts'
import type { Host } from '../host.ts'
import { absent, toFiles, toOutputs } from './webpack-family.ts'

export const rspack: Host = {
  name: 'Rspack',
  packages: ['@hero-image/webpack', '@rspack/cli', '@rspack/core', 'css-loader', 'file-loader'],
  files: toFiles('rspack.config.js', {
    imports:
      "import { HeroImageRspackPlugin } from '@hero-image/webpack'\nimport { CssExtractRspackPlugin } from '@rspack/core'",
    plugin: 'HeroImageRspackPlugin',
    css: 'CssExtractRspackPlugin',
    cssLoader: 'CssExtractRspackPlugin.loader',
    cache: "{ type: 'persistent', storage: { type: 'filesystem', directory: process.cwd() + '/host-cache' } }",
  }),
  outputs: toOutputs,
  build: ['rspack', 'build'],
  watch: ['rspack', 'build', '--watch'],
  hostCache: 'host-cache',
  absent: {
    ...absent,
    ...Object.fromEntries(caseNames.dev.map((name) => [name, 'the dev server serves the watching build'])),
    Storybook: 'the row of Vite has its Vite builder',
  },
}
