/** What Turbopack's loaders see, and the session behind it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { configNames, HeroError } from '@hero-image/core'
import { type LoaderContext, type LoaderSettings, openSession, type Started } from '@hero-image/unplugin/module'
import type { Settings } from '../settings.ts'
import { note } from './tally.ts'

/** The context of a loader in Turbopack. */
export interface TurbopackContext extends LoaderContext<Settings> {
  /** Absolute path of the project. */
  readonly rootContext: string
  readonly mode: 'development' | 'production'
}

/**
 * Settings for the session of this process.
 *
 * @throws HeroError HERO_INVALID_CONFIG when Next was started elsewhere, so that the project's `hero.config.ts` has not been read
 */
export function toLoaderSettings(context: TurbopackContext): LoaderSettings {
  const settings = context.getOptions()
  const { searchedFrom } = settings
  const root = context.rootContext
  const unread = configNames.map((name) => join(root, name)).find((file) => existsSync(file))
  if (searchedFrom !== undefined && searchedFrom !== root && unread !== undefined) {
    throw new HeroError('HERO_INVALID_CONFIG', `Next was started in ${searchedFrom}, where this file is not found.`, {
      file: unread,
      hint: `Start Next in ${root}, or pass the options to withHeroImage.`,
    })
  }
  return toSessionSettings(root, settings, context.mode === 'development')
}

/** Settings for a session in any process of a build. */
export function toSessionSettings(root: string, { options, version }: Settings, dev: boolean): LoaderSettings {
  return { root, options, version, assetsDir: '', dev, isOneOfMany: true }
}

/** The session of this process. Every loader opens it this way, since the first one decides who hears of encoded files. */
export function openTurbopackSession(context: TurbopackContext): Promise<Started> {
  const settings = toLoaderSettings(context)
  const { workDir } = context.getOptions()
  return openSession(settings, undefined, ({ name }, _file, _bytes, ms) => {
    if (!settings.dev) note(join(settings.root, workDir), { at: Date.now(), name, ms })
  })
}
