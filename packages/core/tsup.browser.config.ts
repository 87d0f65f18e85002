/**
 * What pages import, file by file: their bundlers then drop the parts that are not used, with the parsers that only those need. From chunks the smallest
 * helper would be nine times as large.
 */
import { defineConfig, type Options } from 'tsup'
import { options } from '../../tsup.base.ts'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

/** Leaves every import where it is and only gives relative ones the ending that the output has. */
const fileByFile: Plugin = {
  name: 'file-by-file',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: path.replace(/^(\.\.?\/.*)\.ts$/, '$1.js'), external: true },
    )
  },
}

export default defineConfig({
  ...options,
  entry: [
    'src/markup/*.ts',
    'src/media/*.ts',
    'src/crop/*.ts',
    'src/subject/**/*.ts',
    'src/source/sidecar-text.ts',
    // Who decides about a crop.
    'src/decisions.ts',
    'src/explain.ts',
    'src/variant/overrides.ts',
    'src/options/crop-names.ts',
    'src/options/ratio.ts',
    'src/errors.ts',
    'src/hinted-error.ts',
    '!src/**/*.test.ts',
    '!src/**/*.fixture.ts',
  ],
  platform: 'neutral',
  outDir: 'dist',
  clean: false,
  esbuildPlugins: [fileByFile],
})
