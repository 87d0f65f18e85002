/** `withHeroImage`: Next's config with our rules for both of its bundlers. */
import type { HeroOptions } from '@hero-image/core'
import type { NextConfig } from 'next'
import { toSettings } from './settings.ts'
import { addTurbopackRules } from './turbopack/rules.ts'
import { addSummary } from './turbopack/summary.ts'
import { addWebpackRules } from './webpack.ts'
import { workDirOf } from './work-dir.ts'

/** A config that depends on what Next is about to do. */
export type NextConfigFunction = (
  phase: string,
  context: { defaultConfig: NextConfig },
) => NextConfig | Promise<NextConfig>

/**
 * Adds Hero Image to a Next config: `?hero` imports and `url(./hero.jpg?hero)` work with Turbopack and with `--webpack`.
 *
 * @param config an object, a function or a promise, as Next takes them; `webpack` and `turbopack.rules` inside it go on to work
 * @param options plain JSON, since Turbopack hands them to other processes
 * @default those of `hero.config.ts`, looked for in the folder in which Next was started and above
 * @throws HeroError HERO_UNKNOWN_OPTION, HERO_INVALID_OPTION, HERO_INVALID_CONFIG
 */
export function withHeroImage(config: NextConfigFunction, options?: HeroOptions): NextConfigFunction
export function withHeroImage(config: Promise<NextConfig>, options?: HeroOptions): Promise<NextConfig>
export function withHeroImage(config?: NextConfig, options?: HeroOptions): NextConfig
export function withHeroImage(
  config: NextConfig | Promise<NextConfig> | NextConfigFunction = {},
  options?: HeroOptions,
): NextConfig | Promise<NextConfig> | NextConfigFunction {
  if (typeof config === 'function') return async (...given) => extend(await config(...given), options)
  if (config instanceof Promise) return config.then((resolved) => extend(resolved, options))
  return extend(config, options)
}

function extend(config: NextConfig, options: HeroOptions | undefined): NextConfig {
  const settings = toSettings(workDirOf(config), options)
  const withRules = addWebpackRules(addTurbopackRules(config, settings), settings)
  // With webpack the plugin prints its own.
  return process.env.TURBOPACK === undefined ? withRules : addSummary(withRules, settings)
}
