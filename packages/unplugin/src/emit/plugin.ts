/** The plugin object of the emit family; Rollup, Rolldown and Vite take the same one. */
import type { HeroOptions } from '@hero-image/core'
import { heroIdPattern } from '../id.ts'
import { createSession, type Log, type Session } from '../session.ts'
import type { Bundle } from './emission.ts'
import { createEmitHooks, type EmitHooks, type HookContext } from './hooks.ts'
import { newUrlPattern, refuseNewUrl } from './new-url.ts'

/** A hook with its filter, in the form that all three hosts read. */
interface Filtered<Handler> {
  readonly filter: { readonly id: RegExp }
  readonly handler: Handler
}

/** A hook with its place among other plugins' hooks. */
interface Ordered<Handler> {
  readonly order: 'pre' | 'post'
  readonly sequential: true
  readonly handler: Handler
}

/** The hooks of a build in the emit family. */
export interface EmitPlugin {
  buildStart(this: HookContext): Promise<void>
  readonly resolveId: Filtered<
    (this: HookContext, source: string, importer: string | undefined) => Promise<string | undefined>
  >
  readonly load: Filtered<
    (this: HookContext, id: string) => Promise<{ code: string; moduleSideEffects: false } | undefined>
  >
  readonly generateBundle: Ordered<(this: HookContext, options: unknown, bundle: Bundle) => Promise<void>>
  readonly writeBundle: Ordered<
    (this: HookContext, options: { readonly dir?: string | undefined }, bundle: Bundle) => void
  >
  closeBundle(this: HookContext): Promise<void>
  closeWatcher(): void | Promise<void>
}

/** The hooks of a build over given session and hooks; the caller starts the session. */
export function createEmitPlugin(hooks: EmitHooks): EmitPlugin {
  return {
    async buildStart() {
      hooks.begin(this)
    },
    resolveId: {
      filter: { id: heroIdPattern },
      handler(source, importer) {
        return hooks.resolveId(this, source, importer)
      },
    },
    load: {
      filter: { id: heroIdPattern },
      handler(id) {
        return hooks.load(this, id)
      },
    },
    generateBundle: {
      order: 'pre',
      sequential: true,
      handler(_, bundle) {
        return hooks.fill(this, bundle)
      },
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      handler({ dir }, bundle) {
        hooks.verify(this, bundle, dir)
      },
    },
    async closeBundle() {
      await hooks.finish(this)
    },
    closeWatcher: () => hooks.rest(),
  }
}

/** The plugin of hosts that look at nothing but scripts. */
export interface BarePlugin extends EmitPlugin {
  readonly transform: {
    readonly filter: { readonly code: RegExp }
    readonly handler: (code: string, id: string) => void
  }
}

/** The whole plugin for bare Rollup and Rolldown, which know neither a root nor a folder for assets. */
export function createBarePlugin(options: HeroOptions | undefined): BarePlugin {
  const session: Session = createSession(options)
  const plugin = createEmitPlugin(createEmitHooks(session))
  return {
    ...plugin,
    async buildStart() {
      await session.start({ root: process.cwd(), assetsDir: 'assets', log: toLog(this), dev: false })
      await plugin.buildStart.call(this)
    },
    transform: { filter: { code: newUrlPattern }, handler: (code, id) => refuseNewUrl(code, id) },
    async closeBundle() {
      await plugin.closeBundle.call(this)
      if (!this.meta?.watchMode) await session.close()
    },
    async closeWatcher() {
      await plugin.closeWatcher()
      await session.close()
    },
  }
}

function toLog(context: HookContext): Log {
  return { info: (message) => context.info(message), warn: (message) => context.warn(message) }
}
