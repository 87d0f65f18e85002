/** What `@hero-image/vite` and other hosts of the emit family build upon. */
export { findOnDisk, type HeroId, heroIdPattern, joinId, splitId } from '../id.ts'
export { createReport, type Report, toSize } from '../report.ts'
export { createSession, type Host, type Log, type Session, type Started } from '../session.ts'
export type { Bundle, BundleFile } from './emission.ts'
export { createEmitHooks, type EmitHooks, type HookContext, type WatchContext } from './hooks.ts'
export { createEmitPlugin, type EmitPlugin } from './plugin.ts'
