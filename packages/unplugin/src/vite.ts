/** Hero Image for Vite, for people who write `@hero-image/unplugin/…` everywhere. It hands over to `@hero-image/vite`, which is installed beside it. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { HeroError, type HeroOptions } from '@hero-image/core'

/** As much of a Vite plugin as its config looks at; a config takes a promise of plugins too. */
export interface VitePlugin {
  readonly name: string
}

// In a variable: that package builds upon this one, so nothing here may resolve it before it is asked for.
const hostPackage: string = '@hero-image/vite'

/**
 * The plugins of `@hero-image/vite`.
 *
 * @param options absent: those of `hero.config.ts`
 * @throws HeroError HERO_MISSING_PACKAGE when that package is not installed
 */
export default async function heroImage(options?: HeroOptions): Promise<VitePlugin[]> {
  const module = await importHost()
  if (!isHost(module)) throw new Error(`hero-image: ${hostPackage} has no heroImage()`)
  return module.heroImage(options)
}

export { heroImage as 'module.exports' }

async function importHost(): Promise<unknown> {
  try {
    return await import(hostPackage)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  try {
    // Where packages see only what they depend on, the project has it.
    const project = createRequire(join(process.cwd(), 'package.json'))
    return await import(pathToFileURL(project.resolve(hostPackage)).href)
  } catch (error) {
    if (!isMissing(error)) throw error
    throw new HeroError('HERO_MISSING_PACKAGE', `Vite needs ${hostPackage}, which is not installed.`, {
      hint: `Run npm install -D ${hostPackage}.`,
    })
  }
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !error.message.includes(`'${hostPackage}'`)) return false
  return error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND'
}

function isHost(module: unknown): module is { heroImage(options?: HeroOptions): VitePlugin[] } {
  return (
    typeof module === 'object' && module !== null && 'heroImage' in module && typeof module.heroImage === 'function'
  )
}
