/** One build for all packages: ESM for Node 22.18, file by file, so that bundlers drop what a page does not use; types come from the compiler. */
import type { Options } from 'tsup'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

/** zod loads 95 modules, locales included: almost half of our import time. The part that we use is one small chunk. */
const bundled = /^zod$/

/** Leaves every import where it is and only gives relative ones the ending that the output has. */
const fileByFile: Plugin = {
  name: 'file-by-file',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, kind, importer }) => {
      const isBundled = bundled.test(path) || /[\\/]node_modules[\\/]/.test(importer)
      if (kind === 'entry-point' || isBundled) return undefined
      return { path: path.replace(/^(\.\.?\/.*)\.ts$/, '$1.js'), external: true }
    })
  },
}

export const options: Options = {
  entry: ['src/**/*.ts', '!src/**/*.test.ts', '!src/**/*.fixture.ts'],
  format: 'esm',
  target: 'node22.18',
  platform: 'neutral',
  splitting: true,
  noExternal: [bundled],
  clean: true,
  dts: false,
  silent: true,
  esbuildPlugins: [fileByFile],
}
