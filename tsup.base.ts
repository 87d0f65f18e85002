/**
 * One build for all packages: ESM for Node 22.18; types come from the compiler.
 *
 * Entries share chunks, and what is imported on demand is a chunk of its own. File by file, as before, loading took twice as long: 25 ms of a build that
 * finds everything made.
 */
import type { Options } from 'tsup'

export const options: Options = {
  format: 'esm',
  target: 'node22.18',
  platform: 'node',
  splitting: true,
  // zod loads 95 modules, locales included; the part that we use is one small chunk. The parsers of media conditions are four packages, needed by every build.
  noExternal: ['zod', 'fastest-levenshtein', /^@csstools\//],
  clean: true,
  dts: false,
  silent: true,
}
