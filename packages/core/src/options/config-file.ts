/** Finds and loads `hero.config.*`; the plugins and the command read the same file. */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { HeroError } from '../errors.ts'
import type { HeroOptions } from './user.ts'

/** Names looked for, in this order, in the project root and above it up to the workspace root. */
export const configNames = ['hero.config.ts', 'hero.config.mts', 'hero.config.js', 'hero.config.mjs'] as const

/** A loaded config file. */
export interface LoadedConfig {
  readonly file: string
  readonly options: HeroOptions
}

/**
 * Loads the config file of a project, or `undefined` when there is none.
 *
 * @param root absolute path of the project
 * @param explicit a file named by the user, relative to the root; it must exist
 * @throws HeroError HERO_INVALID_CONFIG when the file cannot be loaded or does not export an object
 */
export async function loadConfig(root: string, explicit?: string): Promise<LoadedConfig | undefined> {
  const file = explicit === undefined ? findConfig(root) : resolve(root, explicit)
  if (file === undefined) return undefined
  let module: { default?: unknown }
  try {
    module = await import(pathToFileURL(file).href)
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause)
    throw new HeroError('HERO_INVALID_CONFIG', `The config file cannot be loaded: ${what}.`, { file, cause })
  }
  const options = module.default
  if (!isOptions(options)) throw new HeroError('HERO_INVALID_CONFIG', 'The default export is not an object.', { file })
  return { file, options }
}

/** Names and values are checked where options are resolved; here it only has to be an object. */
function isOptions(value: unknown): value is HeroOptions {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function findConfig(root: string): string | undefined {
  let folder = root
  for (;;) {
    const found = configNames.map((name) => join(folder, name)).find((file) => existsSync(file))
    const above = dirname(folder)
    // A lockfile or .git marks the workspace: a config above it belongs to somebody else.
    const top = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', '.git'].some((name) =>
      existsSync(join(folder, name)),
    )
    if (found !== undefined || top || above === folder) return found
    folder = above
  }
}
