/** Rolldown. */
import type { Host, Scenario } from '../host.ts'
import { scriptEntry, toCode, toGreedyPlugin } from '../text.ts'
import { emitOutputs } from './emit-outputs.ts'
import { rollup } from './rollup.ts'

const { require: _, ...asRollup } = rollup.absent

export const rolldown: Host = {
  name: 'Rolldown',
  packages: ['@hero-image/unplugin', 'rolldown'],
  files: (scenario) => ({ 'src/entry.js': scriptEntry, 'rolldown.config.js': toConfig(scenario) }),
  outputs: emitOutputs,
  build: ['rolldown', '-c'],
  watch: ['rolldown', '-c', '--watch'],
  absent: asRollup,
}

function toConfig({ out, options, shape, fight }: Scenario): string {
  const greedy = fight === undefined ? '' : `${toGreedyPlugin(fight === 'svg' ? 'svg' : 'jpg')}, `
  return `import heroImage from '@hero-image/unplugin/rolldown'

export default {
  input: 'src/entry.js',
  resolve: { alias: { '@photos': process.cwd() + '/photos' } },
  plugins: [${greedy}heroImage(${toCode(options)})],
  output: ${toCode(toOutputs(out, shape))},
}
`
}

function toOutputs(out: string, shape: Scenario['shape']): object {
  if (shape === 'several')
    return [
      { dir: `${out}/es`, format: 'es' },
      { dir: `${out}/cjs`, format: 'cjs', entryFileNames: '[name].cjs' },
    ]
  if (shape === 'cjs') return { dir: out, format: 'cjs', entryFileNames: '[name].cjs' }
  if (shape === 'iife') return { dir: out, format: 'iife' }
  return { dir: out, format: 'es', preserveModules: shape === 'library' }
}
