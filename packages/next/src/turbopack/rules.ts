/** Rules for Turbopack. It has no plugins: a loader per kind of request, and types by rules. */
import { heroIdPattern, variantQueryPattern } from '@hero-image/unplugin/module'
import type { NextConfig } from 'next'
import { loaderFile } from '../loader-file.ts'
import type { Settings } from '../settings.ts'
import { cssMarkPattern } from './css-mark.ts'
import { type Rule, type Rules, shieldRules } from './shield.ts'

/** Endings of our files. */
const endings = ['avif', 'webp', 'jpg', 'png', 'gif', 'svg'] as const

/**
 * The config with our rules before the user's own.
 *
 * Next stops a build that has a `webpack` function, no `turbopack` and no word about which one is meant; that stays so.
 */
export function addTurbopackRules(config: NextConfig, settings: Settings): NextConfig {
  const isUndecided = process.env.TURBOPACK === 'auto' && config.webpack && !config.turbopack
  if (isUndecided) return config
  const { '*': everywhere = [], ...others } = shieldRules(config.turbopack?.rules ?? {})
  const rules: Rules = { '*': [...toRules(settings), ...everywhere], ...others }
  return { ...config, turbopack: { ...config.turbopack, rules } }
}

/**
 * Two stages for a file: a loader gives its bytes under the ending of its format, then a rule says that imports get its URL. In one rule the type would be lost,
 * and Next would make a picture of its own of the result. Style sheets need the first stage only: they do not find files that have a type.
 */
function toRules(settings: Settings): Rule[] {
  const use = (name: string): NonNullable<Rule['loaders']> => [
    { loader: loaderFile(name), options: JSON.parse(JSON.stringify(settings)) },
  ]
  return [
    { condition: { query: heroIdPattern }, loaders: use('hero-loader'), as: '*.js' },
    ...endings.map(
      (ending): Rule => ({
        condition: { query: new RegExp(`${variantQueryPattern.source}[^&]*\\.${ending}(?:&|$)`) },
        loaders: use('variant-loader'),
        as: `*.${ending}`,
      }),
    ),
    { condition: { all: [{ query: variantQueryPattern }, { not: { query: cssMarkPattern } }] }, type: 'asset' },
    {
      condition: { all: [{ path: /\.css$/ }, { content: /[?&]hero\b/ }] },
      loaders: use('css-loader'),
    },
    { condition: { path: /\.s[ac]ss$/ }, loaders: use('refuse-sass-loader') },
    {
      condition: { all: [{ path: /\.[cm]?[jt]sx?$/ }, { content: /\bnew\s+URL\s*\(\s*["'`][^"'`]*[?&]hero\b/ }] },
      loaders: use('refuse-url-loader'),
    },
  ]
}
