/** The one place where sharp is loaded, and the only state of its that is set. */
import type sharp from 'sharp'

/** What `import('sharp')` yields as default export. */
export type SharpModule = typeof sharp

let loading: Promise<SharpModule> | undefined

/**
 * Loads sharp on first use: it costs about 150 ms, which a build that finds everything in the store never pays.
 *
 * Switches libvips' operation cache off for the process. Every pipeline here runs once over fresh buffers, so the cache finds nothing, but keeps
 * decoded pixels alive: without it the peak of rendering a 24 MP photo falls from 408 to 313 MB.
 */
export function loadSharp(): Promise<SharpModule> {
  loading ??= import('sharp').then((module) => {
    module.default.cache(false)
    return module.default
  })
  return loading
}
