/**
 * Sessions for loaders. A loader gets plain JSON and may run in any process: in the bundler's own, where the plugin has opened the session, or in a worker, where
 * the first loader opens it.
 */
import { HeroError, type HeroOptions, type Plan, type Variant } from '@hero-image/core'
import type { Report } from '../report.ts'
import { createSession, type Log, type Session, type Started } from '../session.ts'
import type { VariantRequest } from './variant-request.ts'

/** What a loader is told. Plain JSON: hosts make it part of the identity of every module. */
export interface LoaderSettings {
  /** Absolute path of the project. */
  readonly root: string
  /** Options as the user wrote them; absent when they are those of `hero.config.ts`. */
  readonly options?: HeroOptions
  /** Folder for our files inside the output. */
  readonly assetsDir: string
  /** True in development: one quick format and two widths per crop. */
  readonly dev: boolean
  /** Versions of this package and of what draws: modules that a host has kept from others are made anew. */
  readonly version: string
  /**
   * True where loaders run in several processes at once.
   * @default false
   */
  readonly isOneOfMany?: boolean
}

interface Opened {
  readonly session: Session
  /** How many have to close it before it ends: the compilers of a client and a server build share one. */
  holders: number
}

const opened = new Map<string, Opened>()
const silent: Log = { info: () => undefined, warn: () => undefined }

/**
 * The started session for settings; equal settings share one.
 *
 * @param log where messages go; the first caller's counts, as with `onMade`
 * @param onMade told of every file that is encoded
 */
export function openSession(settings: LoaderSettings, log: Log = silent, onMade?: Report['made']): Promise<Started> {
  const { root, assetsDir, dev, isOneOfMany = false } = settings
  return find(settings).session.start({ root, assetsDir, log, dev, quick: dev, isOneOfMany, ...(onMade && { onMade }) })
}

/** Opens the session and keeps it until `closeSession` has been called as often as this. */
export function holdSession(settings: LoaderSettings, log: Log): Promise<Started> {
  find(settings).holders += 1
  return openSession(settings, log)
}

/** Ends the session when nobody holds it any more; the next call of `openSession` opens a new one. */
export async function closeSession(settings: LoaderSettings): Promise<void> {
  const key = JSON.stringify(settings)
  const found = opened.get(key)
  if (found === undefined) return
  found.holders -= 1
  if (found.holders > 0) return
  opened.delete(key)
  await found.session.close()
}

function find(settings: LoaderSettings): Opened {
  const key = JSON.stringify(settings)
  const found = opened.get(key) ?? { session: createSession(settings.options), holders: 0 }
  opened.set(key, found)
  return found
}

/** One file of a photo. */
export interface FoundVariant {
  readonly plan: Plan
  readonly variant: Variant
}

/**
 * Finds the file that a request names by planning the import again, which costs little: the analysis is stored.
 *
 * @throws HeroError HERO_SOURCE_CHANGED when the plan no longer has the file: the host has kept the importing module while the photo or its crops changed
 */
export async function findVariant(
  { engine }: Started,
  file: string,
  { name, query }: VariantRequest,
): Promise<FoundVariant> {
  const plan = await engine.plan(file, query)
  const variant = plan.variants.find((each) => each.name === name)
  if (variant === undefined)
    throw new HeroError('HERO_SOURCE_CHANGED', `${name} is no longer planned: the photo or its crops changed.`, {
      file,
    })
  return { plan, variant }
}

/**
 * The bytes of a file. All its siblings are drawn with it: a worker that asks for one will be asked for the others, and together they need one decode.
 */
export async function renderWithSiblings({ engine }: Started, { plan, variant }: FoundVariant): Promise<Uint8Array> {
  for (const sibling of plan.variants) {
    if (sibling === variant || (await engine.has(sibling))) continue
    // Whoever wants it will hear of its failure.
    void engine.render(plan.file, sibling).catch(() => undefined)
  }
  return engine.render(plan.file, variant)
}
