/** Which project the command works in: the same root, config and cache folder as a build there. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { HeroOptions, ResolvedOptions } from '@hero-image/core'

/** A project with its options. */
export interface Project {
  readonly options: ResolvedOptions
  /** The config file, when there is one. */
  readonly config?: string
}

/**
 * Loads the options of the project that a folder belongs to.
 *
 * Outside any project the cache lies in the user's cache folder: a folder of photos shall not get a `node_modules`.
 *
 * @param explicit config file named by the user, relative to `cwd`
 * @throws HeroError HERO_INVALID_CONFIG and everything `resolveOptions` throws
 */
export async function loadProject(cwd: string, explicit: string | undefined): Promise<Project> {
  const { configNames, loadConfig, resolveOptions } = await import('@hero-image/core')
  const root = findUp(cwd, ['package.json', ...configNames])
  const config = await loadConfig(root ?? cwd, explicit === undefined ? undefined : resolve(cwd, explicit))
  const user: HeroOptions = config?.options ?? {}
  const options =
    root === undefined && user.cache?.dir === undefined ? { ...user, cache: { ...user.cache, dir: userCache() } } : user
  return { options: resolveOptions(options, root ?? cwd), ...(config === undefined ? {} : { config: config.file }) }
}

/** The nearest folder at or above `folder` that has one of these files. */
function findUp(folder: string, names: readonly string[]): string | undefined {
  if (names.some((name) => existsSync(join(folder, name)))) return folder
  const above = dirname(folder)
  return above === folder ? undefined : findUp(above, names)
}

function userCache(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'hero-image')
}
