/** The hooks of the emit family, written once: Vite, Rollup and Rolldown call them with the same meaning. */
import { existsSync } from 'node:fs'
import { HeroError, type Plan, planDependencies, type Variant } from '@hero-image/core'
import { findOnDisk, type HeroId, joinId, splitId } from '../id.ts'
import type { Session } from '../session.ts'
import { createBell } from './bell.ts'
import { type Bundle, createEmission, type Emission, type EmitContext } from './emission.ts'
import { toManifest } from './manifest.ts'
import { createSeal } from './seal.ts'

/** The part of the hosts' plugin contexts that planning uses. */
export interface WatchContext {
  addWatchFile(file: string): void
  warn(message: string): void
  /** Builds only. */
  readonly meta?: { readonly watchMode: boolean }
}

/** The part of the hosts' plugin contexts that builds use. */
export interface HookContext extends EmitContext, WatchContext {
  info(message: string): void
  resolve(source: string, importer?: string, options?: { skipSelf?: boolean }): Promise<{ id: string } | null>
  getModuleInfo(
    id: string,
  ): { readonly importers: readonly string[]; readonly dynamicImporters: readonly string[] } | null
  /** Vite only. */
  readonly environment?: {
    readonly name: string
    readonly config: { readonly consumer: string; readonly build: { readonly emitAssets: boolean } }
  }
}

/** The hooks; a host's plugin object calls them from its own. */
export interface EmitHooks {
  /** Forgets the last build of this environment; watchers build many times. */
  begin(context: HookContext): void
  resolveId(context: HookContext, source: string, importer: string | undefined): Promise<string | undefined>
  /** The plan of an import, with what it depends on put under watch. */
  plan(context: WatchContext, id: HeroId): Promise<Plan>
  /** Module text of a hero id for a build, or `undefined` for other ids. */
  load(context: HookContext, id: string): Promise<{ code: string; moduleSideEffects: false } | undefined>
  /**
   * Reserves the files of a plan for markup or CSS; gives the host's reference of each.
   *
   * @param owner id of the style sheet or document
   */
  reserve(context: HookContext, plan: Plan, owner: string): Promise<(variant: Variant) => string>
  /**
   * Counts references as used: they stand in text that is no chunk.
   *
   * @param owner id of the style sheet they stand in, when they count only as long as the sheet itself is part of the output
   */
  keep(context: HookContext, references: Iterable<string>, owner?: string): Promise<void>
  /** Fills the bundle; at the very start of `generateBundle`, so that later plugins see the bytes. */
  fill(context: HookContext, bundle: Bundle): Promise<void>
  /** Warns when another plugin changed our files after they were filled. */
  verify(context: HookContext, bundle: Bundle, outputDir: string | undefined): void
  /**
   * Ends the build of one environment: nothing is encoded for it any more. The last one's end brings the summary.
   *
   * @returns true when no other environment is being built
   */
  finish(context: HookContext): Promise<boolean>
  /** Ends watching. */
  rest(): void
}

/** Hooks over a session. */
export function createEmitHooks(session: Session): EmitHooks {
  const emissions = new Map<string, Emission>()
  const modules = new Map<string, Set<string>>()
  const seal = createSeal()
  const building = new Set<string>()
  const bell = createBell()

  const emissionOf = async (context: HookContext): Promise<Emission> => {
    const name = environmentOf(context)
    const known = emissions.get(name)
    if (known !== undefined) return known
    const fresh = createEmission(await session.ready(), ships(context))
    // Two loads may have waited for the session side by side.
    const winner = emissions.get(name) ?? fresh
    emissions.set(name, winner)
    return winner
  }

  const plan = async (context: WatchContext, { file, query }: HeroId): Promise<Plan> => {
    const { engine } = await session.ready()
    for (const each of planDependencies(file, engine.options.root)) {
      const isAwaited = each !== file && context.meta?.watchMode === true && !existsSync(each)
      context.addWatchFile(isAwaited ? bell.awaitFile(each) : each)
    }
    return engine.plan(file, query)
  }

  return {
    begin(context) {
      const name = environmentOf(context)
      building.add(name)
      emissions.get(name)?.abandon()
      emissions.delete(name)
    },
    async resolveId(context, source, importer) {
      const parts = splitId(source)
      if (parts === undefined) return undefined
      const found = findOnDisk(parts.file, importer)
      if (found !== undefined) return joinId(found, parts.query)
      const resolved = await context.resolve(parts.file, importer, { skipSelf: true })
      if (resolved !== null) return joinId(resolved.id.replace(/[?#].*$/, ''), parts.query)
      throw new HeroError(
        'HERO_SOURCE_MISSING',
        `There is no such photo${importer === undefined ? '' : ` (imported by ${importer})`}.`,
        { file: parts.file },
      )
    },
    plan,
    async load(context, id) {
      const parts = splitId(id)
      if (parts === undefined) return undefined
      const planned = await plan(context, parts)
      for (const note of planned.notes) context.warn(`${parts.file}: ${note}`)
      modules.set(parts.file, (modules.get(parts.file) ?? new Set()).add(id))
      const emission = await emissionOf(context)
      return { code: await emission.moduleText(context, planned), moduleSideEffects: false }
    },
    async reserve(context, planned, owner) {
      const emission = await emissionOf(context)
      emission.showIn(owner.replace(/[?#].*$/, ''), planned.file)
      return emission.reserve(context, planned)
    },
    async keep(context, references, owner) {
      const emission = await emissionOf(context)
      for (const reference of references) emission.keep(reference, owner)
    },
    async fill(context, bundle) {
      const { engine, host } = await session.ready()
      const emission = await emissionOf(context)
      const used = await emission.fill(bundle)
      for (const { variant, bytes } of used) seal.set(variant.name, bytes)
      if (engine.options.manifest !== false && ships(context)) {
        const fileName = typeof engine.options.manifest === 'string' ? engine.options.manifest : 'hero-manifest.json'
        context.emitFile({
          type: 'asset',
          fileName,
          source: toManifest(host.root, used, (file) =>
            [...new Set([...importersOf(context, modules.get(file)), ...emission.shownIn(file)])].sort(),
          ),
        })
      }
    },
    verify(context, bundle, outputDir) {
      const [first, ...others] = seal.broken(bundle, outputDir)
      if (first === undefined) return
      context.warn(
        `hero-image: another plugin changed ${others.length + 1} of our files (such as ${first}) after they were made. ` +
          'They are already as small as the chosen quality allows: exclude them from the other plugin, or lower `quality`.',
      )
    },
    async finish(context) {
      const name = environmentOf(context)
      building.delete(name)
      emissions.get(name)?.abandon()
      if (building.size > 0) return false
      // A session that could not start has told why already.
      const started = await session.ready().catch(() => undefined)
      started?.report.finish()
      return true
    },
    rest: () => bell.close(),
  }
}

function environmentOf({ environment }: HookContext): string {
  return environment?.name ?? 'default'
}

/** Pixels belong to the build that browsers load from; others only need the same URLs. */
function ships({ environment }: HookContext): boolean {
  return environment === undefined || environment.config.consumer === 'client' || environment.config.build.emitAssets
}

function importersOf(context: HookContext, ids: Set<string> | undefined): string[] {
  return [...(ids ?? [])].flatMap((id) => {
    const info = context.getModuleInfo(id)
    return [...(info?.importers ?? []), ...(info?.dynamicImporters ?? [])]
  })
}
