/** The one place where sharp is loaded, and the only settings of its that are changed. */
import type sharp from 'sharp'

/** What `import('sharp')` yields as default export. */
export type SharpModule = typeof sharp

let loading: Promise<SharpModule> | undefined

/**
 * Loads sharp on first use: it costs about 150 ms, which a build that finds everything in the store never pays.
 *
 * One thread for each pipeline, everywhere. Left alone, sharp takes one per core, but on glibc only one, unless `MALLOC_ARENA_MAX` is set, as it is in our
 * pixel process. The AV1 encoder makes other bytes with several threads than with one, so the same name would stand for other bytes on another machine,
 * larger ones by 0.4 %. Cores are kept busy by pipelines side by side.
 *
 * Switches libvips' operation cache off for the process. Every pipeline here runs once over fresh buffers, so the cache finds nothing, but keeps
 * decoded pixels alive: without it the peak of rendering a 24 MP photo falls from 408 to 313 MB.
 */
export function loadSharp(): Promise<SharpModule> {
  loading ??= import('sharp').then((module) => {
    module.default.cache(false)
    module.default.concurrency(1)
    return module.default
  })
  return loading
}
