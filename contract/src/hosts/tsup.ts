/** tsup, which builds libraries with esbuild. */
import type { CaseName } from '../case-names.ts'
import { caseNames } from '../case-names.ts'
import type { Host, Output, Scenario } from '../host.ts'
import { scriptEntry, toCode } from '../text.ts'
import { esbuild } from './esbuild.ts'

const onlyKnown = 'tsup watches the files that were there when it began'

const asEsbuild: readonly CaseName[] = [
  ...caseNames.publicPath,
  ...caseNames.server,
  ...caseNames.fights,
  ...caseNames.tools,
]

export const tsup: Host = {
  name: 'tsup',
  packages: ['@hero-image/unplugin', 'tsup'],
  files: (scenario) => ({ 'src/entry.js': scriptEntry, 'tsup.config.js': toConfig(scenario) }),
  outputs: toOutputs,
  build: ['tsup'],
  // tsup rebuilds for its own inputs alone, unless it is told where to look.
  watch: ['tsup', '--watch', 'src', '--watch', 'photos'],
  // Once as esbuild does, and once more in tsup's own words.
  tells: 2,
  absent: {
    ...esbuild.absent,
    'watch: new sidecar': onlyKnown,
    'watch: edit of the sidecar': onlyKnown,
    'watch: sidecar deleted': onlyKnown,
    'watch: new lock': onlyKnown,
    'watch: edit of the lock': onlyKnown,
    ...Object.fromEntries(asEsbuild.map((name) => [name, 'as esbuild, which tsup runs'])),
  },
}

function toConfig({ out, options, shape }: Scenario): string {
  const formats = { cjs: ['cjs'], iife: ['iife'], several: ['esm', 'cjs'], library: ['esm', 'cjs'] }
  return `import heroImage from '@hero-image/unplugin/esbuild'
import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/entry.js'],
  outDir: '${out}',
  format: ${toCode(shape === undefined ? ['esm'] : formats[shape])},
  clean: true,
  noExternal: [/./],
  esbuildOptions(options) {
    options.alias = { '@photos': process.cwd() + '/photos' }
  },
  esbuildPlugins: [heroImage(${toCode(options)})],
})
`
}

function toOutputs({ out, shape }: Scenario): Output[] {
  const module = { folder: out, entry: 'entry.js', kind: 'module', publicPath: '' } as const
  const commonJs = { ...module, entry: 'entry.cjs', kind: 'commonjs' } as const
  if (shape === 'cjs') return [commonJs]
  if (shape === 'iife') return [{ ...module, entry: 'entry.global.js', kind: 'script' }]
  return shape === undefined ? [module] : [module, commonJs]
}
