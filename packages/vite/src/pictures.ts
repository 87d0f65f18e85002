/** Where a reference gets its URLs from: the dev server's signed ones, or files reserved in the build. */
import { type HeroAsset, type Plan, toAsset, toModuleText } from '@hero-image/core'
import type { EmitHooks, HookContext, Session, Started, WatchContext } from '@hero-image/unplugin/emit'
import type { ResolvedConfig } from 'vite'
import { loadDevKey, toDevPath } from './dev/url.ts'
import type { Reference } from './references.ts'

/** Assets for one Vite server or build. */
export interface Pictures {
  /** Called when Vite has resolved its config. */
  configure(config: ResolvedConfig): Promise<void>
  /** The resolved config. @throws before `configure` */
  readonly config: ResolvedConfig
  readonly started: Started
  /** True while a server runs; nothing is encoded before the page asks for it. */
  readonly isDev: boolean
  /** Key that signs dev URLs. */
  readonly key: Uint8Array
  /** Module text of an import in dev. */
  devModule(context: WatchContext, reference: Reference): Promise<string>
  /** The asset with dev URLs. */
  devAsset(context: WatchContext, reference: Reference): Promise<HeroAsset>
  /** The asset for CSS or HTML: with dev URLs, or with Vite's placeholders for the files of the build. */
  assetOf(context: HookContext, reference: Reference): Promise<HeroAsset>
  /**
   * Counts the files that a finished piece of CSS or HTML names as used; of an asset's many files it may name a few.
   *
   * @param owner id of the style sheet, when the text counts only if the sheet itself is used
   */
  keepIn(context: HookContext, text: string, owner?: string): Promise<void>
  /** Ends what the session started. */
  close(): Promise<void>
}

/** Pictures over a session and its hooks. */
export function createPictures(session: Session, hooks: EmitHooks): Pictures {
  let state: { config: ResolvedConfig; started: Started; key: Uint8Array } | undefined
  const ready = (): NonNullable<typeof state> => {
    if (state === undefined) throw new Error('hero-image: Vite called a hook before it resolved its config')
    return state
  }
  const devUrl = (reference: Reference, name: string): string => {
    const { config, key } = ready()
    return (config.server.origin ?? '') + config.base + toDevPath({ ...reference, name }, key)
  }
  const planOf = async (context: WatchContext, reference: Reference): Promise<Plan> => {
    const plan = await hooks.plan(context, reference)
    for (const note of plan.notes) context.warn(`${reference.file}: ${note}`)
    return plan
  }
  return {
    async configure(config) {
      const dev = config.command === 'serve'
      const started = await session.start({
        root: config.root,
        assetsDir: config.build.assetsDir,
        dev,
        log: { info: (text) => config.logger.info(text), warn: (text) => config.logger.warn(text) },
      })
      const { cache } = started.engine.options
      const key = dev ? await loadDevKey(cache.mode === 'read-write' ? cache.dir : undefined) : new Uint8Array()
      state = { config, started, key }
    },
    get config() {
      return ready().config
    },
    get started() {
      return ready().started
    },
    get isDev() {
      return ready().config.command === 'serve'
    },
    get key() {
      return ready().key
    },
    async devModule(context, reference) {
      const plan = await planOf(context, reference)
      return toModuleText(plan, ({ name }) => JSON.stringify(devUrl(reference, name)))
    },
    async devAsset(context, reference) {
      return toAsset(await planOf(context, reference), ({ name }) => devUrl(reference, name))
    },
    async assetOf(context, reference) {
      const plan = await planOf(context, reference)
      if (ready().config.command === 'serve') return toAsset(plan, ({ name }) => devUrl(reference, name))
      const referenceOf = await hooks.reserve(context, plan)
      // Vite turns these into URLs wherever the text ends up: base, relative base, renderBuiltUrl, inlined styles.
      return toAsset(plan, (variant) => `__VITE_ASSET__${referenceOf(variant)}__`)
    },
    async keepIn(context, text, owner) {
      // A host's reference has 22 characters and may contain underscores.
      const references = [...text.matchAll(/__VITE_ASSET__([\w$]{22})__/g)].flatMap((match) => match[1] ?? [])
      if (ready().config.command === 'build') await hooks.keep(context, references, owner)
    },
    close: () => session.close(),
  }
}
