/** Next with `--webpack`: the same rules as in any webpack project, with files where Next serves them. */
import { posix, relative, sep } from 'node:path'
import { applyHeroImage, type Compiler } from '@hero-image/unplugin/module'
import type { NextConfig } from 'next'
import { loaderFile } from './loader-file.ts'
import type { Settings } from './settings.ts'
import { workDirOf } from './work-dir.ts'

/** Next serves what lies here under `/_next/`. */
const assetsDir = 'static/media'

/** The config with a `webpack` that calls the user's own first. */
export function addWebpackRules(config: NextConfig, { options }: Settings): NextConfig {
  const own = config.webpack
  return {
    ...config,
    webpack(webpackConfig, context) {
      const changed = own?.(webpackConfig, context) ?? webpackConfig
      const { dir, isServer, config: next } = context
      const distDir = posix.join(dir.split(sep).join('/'), workDirOf(next))
      changed.plugins.push({
        apply(compiler: Compiler & { readonly options: { readonly output: { readonly path?: string } } }): void {
          // Not before: Next would take a rule for style sheets for a wish to do without its own.
          const { rules } = compiler.options.module
          rules.push({ test: /\.s[ac]ss$/, enforce: 'pre', use: [loaderFile('refuse-sass-loader')] })
          const from = compiler.options.output.path ?? distDir
          applyHeroImage(compiler, options, {
            assetsDir,
            generator: {
              publicPath: `${next.assetPrefix ?? ''}/_next/`,
              // What only the server imports is emitted by no other compiler.
              ...(isServer ? { outputPath: `${relative(from, distDir).split(sep).join('/')}/` } : {}),
            },
          })
        },
      })
      return changed
    },
  }
}
