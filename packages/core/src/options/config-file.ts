/** Finds and loads `hero.config.*`; the plugins and the command read the same file. */
import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { types } from 'node:util'
import { HeroError, isHeroError } from '../errors.ts'
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
  try {
    // Dev servers restart within one process when the file changes; Node would give them what it has loaded before. It stays a template: webpack before 5.112, Next's
    // too, reads the build's own modules for its persistent cache, and warns of every import() that is anything else.
    const module: Loaded = await import(`${pathToFileURL(file).href}?changed=${statSync(file).mtimeMs}`)
    return toConfig(file, module.default)
  } catch (cause) {
    throw explain(file, cause)
  }
}

/**
 * The same at once, for hosts whose own config is asked for without waiting. Such a file must not use top-level `await`.
 *
 * @throws HeroError HERO_INVALID_CONFIG
 */
export function loadConfigSync(root: string): LoadedConfig | undefined {
  const file = findConfig(root)
  if (file === undefined) return undefined
  try {
    const module: Loaded = createRequire(import.meta.url)(file)
    const isModule = types.isModuleNamespaceObject(module)
    return toConfig(file, isModule ? module.default : (module.default ?? module))
  } catch (cause) {
    throw explain(file, cause)
  }
}

interface Loaded {
  readonly default?: unknown
}

function toConfig(file: string, options: unknown): LoadedConfig {
  if (isOptions(options)) return { file, options }
  throw new HeroError('HERO_INVALID_CONFIG', 'The default export is not an object.', { file })
}

function explain(file: string, cause: unknown): HeroError {
  if (isHeroError(cause)) return cause
  const what = cause instanceof Error ? cause.message : String(cause)
  return new HeroError('HERO_INVALID_CONFIG', `The config file cannot be loaded: ${what}.`, { file, cause })
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
