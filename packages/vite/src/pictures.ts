/** Where a reference gets its URLs from: the dev server's signed ones, or files reserved in the build. */
import { type HeroAsset, HeroError, type Plan, toAsset, toModuleText } from '@hero-image/core'
import type { Reference } from '@hero-image/unplugin/css'
import type { EmitHooks, HookContext, Log, Session, Started, WatchContext } from '@hero-image/unplugin/emit'
import { isFileLoadingAllowed, normalizePath, type ResolvedConfig } from 'vite'
import { createShown, type Shown } from './dev/shown.ts'
import { loadDevKey, toDevPath } from './dev/url.ts'

/** Assets for one Vite server or build. */
export interface Pictures {
  /** Called when Vite has resolved its config. */
  configure(config: ResolvedConfig): Promise<void>
  /** Called with a dev server's own way to watch a file, whether it exists or not. */
  watchWith(watch: (file: string) => void): void
  /** The resolved config. @throws before `configure` */
  readonly config: ResolvedConfig
  readonly started: Started
  /** True while a server runs; nothing is encoded before the page asks for it. */
  readonly isDev: boolean
  /** Key that signs dev URLs. */
  readonly key: Uint8Array
  /** What style sheets and documents show; whoever reads one of them says so first. */
  readonly shown: Shown
  /** Module text of an import in dev. */
  devModule(context: WatchContext, reference: Reference): Promise<string>
  /**
   * The asset for HTML in dev: Vite itself puts the base before such URLs.
   *
   * @param owner path of the document
   */
  devAsset(context: WatchContext, reference: Reference, owner: string): Promise<HeroAsset>
  /**
   * The asset for CSS or HTML: with dev URLs, or with Vite's placeholders for the files of the build.
   *
   * @param owner id of the style sheet or document
   */
  assetOf(context: HookContext, reference: Reference, owner: string): Promise<HeroAsset>
  /**
   * Counts the files that a finished piece of CSS or HTML names as used; of an asset's many files it may name a few.
   *
   * @param owner id of the style sheet, when the text counts only if the sheet itself is used
   */
  keepIn(context: HookContext, text: string, owner?: string): Promise<void>
  /** Ends what the session started. */
  close(): Promise<void>
}

/**
 * Pictures over a session and its hooks.
 *
 * @param log where messages go; Vite's own log by default
 */
export function createPictures(session: Session, hooks: EmitHooks, log?: Log): Pictures {
  let state: { config: ResolvedConfig; started: Started; key: Uint8Array } | undefined
  const ready = (): NonNullable<typeof state> => {
    if (state === undefined) throw new Error('hero-image: Vite called a hook before it resolved its config')
    return state
  }
  const shown = createShown()
  let watch: ((file: string) => void) | undefined
  const devUrl = (reference: Reference, name: string, base = ready().config.base): string => {
    const { config, key } = ready()
    return (config.server.origin ?? '') + base + toDevPath({ ...reference, name }, key)
  }
  const planOf = async (context: WatchContext, reference: Reference): Promise<Plan> => {
    const { config } = ready()
    if (config.command === 'serve' && !isFileLoadingAllowed(config, normalizePath(reference.file))) {
      throw new HeroError('HERO_SOURCE_UNREADABLE', 'The dev server may not show this photo.', {
        file: reference.file,
        hint: 'Add its folder to `server.fs.allow` in the Vite config.',
      })
    }
    // A dev server's watcher knows how to wait for files; only builds need to be told how.
    const plan = await hooks.plan(config.command === 'serve' ? toDevWatch(context) : context, reference)
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
        log: log ?? { info: (text) => config.logger.info(text), warn: (text) => config.logger.warn(text) },
      })
      const { cache } = started.engine.options
      const key = dev ? await loadDevKey(cache.mode === 'read-write' ? cache.dir : undefined) : new Uint8Array()
      state = { config, started, key }
    },
    watchWith(own) {
      watch = own
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
    shown,
    get key() {
      return ready().key
    },
    async devModule(context, reference) {
      // Vite takes what a script watches for its imports: it fails on a sidecar that does not exist yet, and on a photo with `?` in its name.
      const own = ready().config.experimental.bundledDev ? undefined : watch
      const addWatchFile = own ?? ((file: string): void => context.addWatchFile(file))
      const plan = await planOf({ addWatchFile, warn: (text) => context.warn(text) }, reference)
      return toModuleText(plan, ({ name }) => JSON.stringify(devUrl(reference, name)))
    },
    async devAsset(context, reference, owner) {
      shown.add(owner, reference)
      const { origin } = ready().config.server
      const base = origin === undefined ? '/' : ready().config.base
      return toAsset(await planOf(context, reference), ({ name }) => devUrl(reference, name, base))
    },
    async assetOf(context, reference, owner) {
      shown.add(owner, reference)
      const plan = await planOf(context, reference)
      if (ready().config.command === 'serve') return toAsset(plan, ({ name }) => devUrl(reference, name))
      const referenceOf = await hooks.reserve(context, plan, owner)
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

function toDevWatch(context: WatchContext): WatchContext {
  return { addWatchFile: (file) => context.addWatchFile(file), warn: (text) => context.warn(text) }
}
