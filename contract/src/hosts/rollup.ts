/** Rollup. */
import type { Host, Scenario } from '../host.ts'
import { scriptEntry, toCode, toGreedyPlugin } from '../text.ts'
import { emitOutputs } from './emit-outputs.ts'

const noCss = 'Rollup does not bundle CSS'
const noDev = 'Rollup has no dev server'
const noRules = 'Rollup has plugins, no rules'

export const rollup: Host = {
  name: 'Rollup',
  packages: ['@hero-image/unplugin', 'rollup'],
  files: (scenario) => ({ 'src/entry.js': scriptEntry, 'rollup.config.js': toConfig(scenario) }),
  outputs: emitOutputs,
  build: ['rollup', '-c'],
  watch: ['rollup', '-c', '--watch'],
  absent: {
    'dynamic import of a variable': 'Rollup leaves imports of a variable to the page',
    'import.meta.glob': 'Vite’s own',
    require: 'Rollup bundles ES modules',
    'CSS url()': noCss,
    'public path /': 'Rollup’s URLs are relative to the code',
    'public path /sub/': 'Rollup’s URLs are relative to the code',
    'public path on a CDN': 'Rollup’s URLs are relative to the code',
    'server and client agree': 'one build serves both',
    'user’s rule: file-loader': noRules,
    'user’s rule: oneOf': noRules,
    'watch: output is cleaned': 'Rollup does not clean its output',
    'dev: unrelated edit': noDev,
    'dev: edit of the photo': noDev,
    'dev: new sidecar': noDev,
    'dev: edit of the sidecar': noDev,
    'dev: sidecar deleted': noDev,
    'dev: new lock': noDev,
    'dev: edit of the lock': noDev,
    'Vitest with jsdom': 'Vitest runs on Vite',
    Storybook: 'Storybook runs on Vite or webpack',
  },
}

// Aliases are a plugin in Rollup; this is what @rollup/plugin-alias does.
const alias = `{
  name: 'alias',
  resolveId(source, importer, options) {
    if (!source.startsWith('@photos/')) return undefined
    return this.resolve(source.replace('@photos', process.cwd() + '/photos'), importer, { ...options, skipSelf: true })
  },
}`

// As @rollup/plugin-node-resolve does for files in packages.
const packages = `{
  name: 'packages',
  resolveId(source) {
    const path = process.cwd() + '/node_modules/' + source
    return /^[.\\/\\0]/.test(source) || !existsSync(path) ? undefined : realpathSync(path)
  },
}`

function toConfig({ out, options, shape, fight }: Scenario): string {
  const greedy = fight === undefined ? [] : [toGreedyPlugin(fight === 'svg' ? 'svg' : 'jpg')]
  const plugins = [...greedy, alias, packages, `heroImage(${toCode(options)})`]
  return `import { existsSync, realpathSync } from 'node:fs'
import heroImage from '@hero-image/unplugin/rollup'

export default {
  input: 'src/entry.js',
  plugins: [${plugins.join(', ')}],
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
