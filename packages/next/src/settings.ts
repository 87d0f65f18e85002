/** Options of the user as plain JSON: Turbopack hands them to loaders in other processes. */
import { HeroError, type HeroOptions, loadConfigSync, packageVersions, resolveOptions } from '@hero-image/core'

/** What is known when Next reads its config. */
export interface Settings {
  /** Options as the user wrote them. */
  readonly options: HeroOptions
  /** Part of the identity of every module that Next keeps between builds. */
  readonly version: string
  /** Folder in which Next works, relative to the project. */
  readonly workDir: string
  /** Folder from which `hero.config.ts` was looked for; absent when the options stand in Next's config. */
  readonly searchedFrom?: string
}

/**
 * Checks the options at once: an error in a loader would be told for every import.
 *
 * @param workDir relative to the project
 * @param inline absent: those of `hero.config.ts`
 * @throws HeroError HERO_UNKNOWN_OPTION, HERO_INVALID_OPTION, HERO_INVALID_CONFIG
 */
export function toSettings(workDir: string, inline: HeroOptions | undefined): Settings {
  const root = process.cwd()
  const options = inline ?? loadConfigSync(root)?.options ?? {}
  checkPlain(options)
  resolveOptions(options, root)
  refuse('assetsDir', options.assetsDir, 'Next itself decides where files lie.')
  refuse('manifest', options.manifest, 'Next keeps finished modules between builds, so no build knows all files.')
  return {
    options: JSON.parse(JSON.stringify(options)),
    version: packageVersions(),
    workDir,
    ...(inline === undefined ? { searchedFrom: root } : {}),
  }
}

function refuse(name: keyof HeroOptions, value: unknown, why: string): void {
  if (value === undefined || value === false) return
  throw new HeroError('HERO_INVALID_OPTION', `Option ${name} has no meaning in Next.`, {
    hint: `${why} Remove the option.`,
  })
}

function checkPlain(options: HeroOptions): void {
  const path = findUnplain(options, '')
  if (path === undefined) return
  throw new HeroError(
    'HERO_INVALID_OPTION',
    `${path === '' ? 'The options are' : `Option ${path} is`} no plain value.`,
    {
      hint: 'Turbopack hands options to other processes as JSON: write texts, numbers, true, false, lists and objects only.',
    },
  )
}

/** Path of the first value that JSON would drop or change without a word. */
function findUnplain(value: unknown, path: string): string | undefined {
  if (value === null || ['string', 'boolean', 'undefined'].includes(typeof value) || Number.isFinite(value)) return
  const isPlain =
    typeof value === 'object' && [Object.prototype, Array.prototype, null].includes(Object.getPrototypeOf(value))
  if (!isPlain) return path
  for (const [key, inner] of Object.entries(value)) {
    const found = findUnplain(inner, path === '' ? key : `${path}.${key}`)
    if (found !== undefined) return found
  }
}
