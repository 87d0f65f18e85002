/** What `@hero-image/vite` and other hosts of the emit family build upon. */
export { toDeclarations } from '../declarations.ts'
export { findOnDisk, type HeroId, heroIdPattern, joinId, splitId } from '../id.ts'
export { createReport, type Report, toSize } from '../report.ts'
export { createSession, type Host, type Log, type Session, type Started } from '../session.ts'
export type { Bundle, BundleFile } from './emission.ts'
export { createEmitHooks, type EmitHooks, type HookContext, type WatchContext } from './hooks.ts'
export { newUrlPattern, refuseNewUrl } from './new-url.ts'
export { createEmitPlugin, type EmitPlugin } from './plugin.ts'
