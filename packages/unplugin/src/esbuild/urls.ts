/** Which expression gives the URL of a file. */
import type { BuildOptions } from 'esbuild'

/**
 * Given the value of esbuild's `file` loader.
 *
 * With a `publicPath` that value is the URL. Without one it is relative to the file it stands in, which only `import.meta.url` knows; where there is none (scripts,
 * CommonJS) it stays as esbuild has it, relative to the page. The same for `platform: 'node'`: libraries are built for it by default (tsup), and a relative
 * URL would be right nowhere. A server that renders markup needs a `publicPath`, the one of the client's build.
 */
export function prepareUrls(options: BuildOptions): (value: string) => string {
  if (options.publicPath || !hasImportMeta(options)) return (value) => value
  // Without this an old `target` empties `import.meta`. Every browser in use that reads modules has it.
  options.supported = { 'import-meta': true, ...options.supported }
  return (value) => `new URL(${value}, import.meta.url).href`
}

function hasImportMeta({ format, platform, define }: BuildOptions): boolean {
  // Tools that put something in its place, for CommonJS too.
  if (define?.['import.meta.url'] !== undefined || define?.['import.meta'] !== undefined) return true
  return (format ?? (platform === 'neutral' ? 'esm' : undefined)) === 'esm'
}
