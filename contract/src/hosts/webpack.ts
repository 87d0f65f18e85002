/** webpack 5. */
import type { Host } from '../host.ts'
import { absent, toFiles, toOutputs } from './webpack-family.ts'

export const webpack: Host = {
  name: 'webpack',
  packages: [
    '@hero-image/webpack',
    'webpack',
    'webpack-cli',
    'css-loader',
    'file-loader',
    'mini-css-extract-plugin',
    'webpack-dev-server',
  ],
  files: toFiles('webpack.config.js', {
    imports:
      "import { HeroImageWebpackPlugin } from '@hero-image/webpack'\nimport MiniCssExtractPlugin from 'mini-css-extract-plugin'",
    plugin: 'HeroImageWebpackPlugin',
    css: 'MiniCssExtractPlugin',
    cssLoader: 'MiniCssExtractPlugin.loader',
    cache: "{ type: 'filesystem', cacheDirectory: process.cwd() + '/host-cache' }",
  }),
  outputs: toOutputs,
  build: ['webpack-cli', 'build'],
  watch: ['webpack-cli', 'watch'],
  dev: { command: ['webpack-cli', 'serve'], path: '/entry.js', kind: 'script' },
  hostCache: 'host-cache',
  absent: { ...absent, Storybook: 'the row of Vite has its Vite builder' },
}
