/** Native hooks for webpack and Rspack. Every file of a picture is a module, so the compiler emits it, prefixes its URL, caches it and cleans around it as for any other. */
import { posix } from 'node:path'
import { type HeroOptions, packageVersions } from '@hero-image/core'
import { closeSession, holdSession, type LoaderSettings } from '../module/sessions.ts'
import type { Started } from '../session.ts'
import type { Compiler } from './compiler.ts'
import { toRules } from './rules.ts'

/** What a host on top of a compiler decides about our files. */
export interface OutputChoice {
  /** Folder inside the output. */
  readonly assetsDir: string
  /** Further settings of the rule for files, such as `publicPath`. */
  readonly generator: object
}

/**
 * Adds our rules to a compiler and opens a session for its runs.
 *
 * @param options absent: those of `hero.config.ts`
 * @param output absent: as for the project's other assets
 */
export function applyHeroImage(compiler: Compiler, options: HeroOptions | undefined, output?: OutputChoice): void {
  const logger = compiler.getInfrastructureLogger('hero-image')
  const log = { info: (text: string) => logger.info(text), warn: (text: string) => logger.warn(text) }
  const settings: LoaderSettings = {
    root: compiler.context,
    ...(options === undefined ? {} : { options }),
    assetsDir: output?.assetsDir ?? toAssetsDir(compiler.options.output.assetModuleFilename),
    dev: compiler.options.mode === 'development',
    version: packageVersions(),
  }
  let started: Started | undefined
  const start = async (): Promise<void> => {
    started ??= await holdSession(settings, log)
  }
  const assetsDir = (): string => started?.assetsDir ?? settings.assetsDir
  compiler.options.module.rules.push(...toRules(settings, assetsDir, output?.generator))
  compiler.hooks.beforeRun.tapPromise('hero-image', start)
  compiler.hooks.watchRun.tapPromise('hero-image', start)
  compiler.hooks.done.tap('hero-image', () => started?.report.finish())
  compiler.hooks.shutdown.tapPromise('hero-image', async () => {
    if (started === undefined) return
    started = undefined
    await closeSession(settings)
  })
}

/** The folder that the project's other assets go to, as far as it is a plain one. */
function toAssetsDir(assetModuleFilename: unknown): string {
  if (typeof assetModuleFilename !== 'string') return 'assets'
  const folder = posix.dirname(assetModuleFilename)
  if (folder.includes('[')) return 'assets'
  return folder === '.' ? '' : folder
}
