/** esbuild, with a build script as its documentation has them. */
import type { Host, Output, Scenario } from '../host.ts'
import { scriptEntry, toCode } from '../text.ts'

const noRules = 'esbuild has loaders by ending and plugins, no rules'
const noDev = 'esbuild serves the watching build'

export const esbuild: Host = {
  name: 'esbuild',
  packages: ['@hero-image/unplugin', 'esbuild'],
  files: (scenario) => ({ 'src/entry.js': scriptEntry, 'build.js': toScript(scenario) }),
  outputs: toOutputs,
  build: ['build.js'],
  watch: ['build.js'],
  absent: {
    'dynamic import of a variable': 'esbuild takes the query for a part of the file name; our error says what to write',
    'import.meta.glob': 'Vite’s own',
    'user’s rule: file-loader': noRules,
    'user’s rule: oneOf': noRules,
    'watch: output is cleaned': 'esbuild does not clean its output',
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

const svgPlugin = `{
  name: 'components',
  setup(build) {
    build.onLoad({ filter: /\\.svg$/ }, () => ({ contents: 'export default "user:component"' }))
  },
}`

function toScript({ out, options, publicPath, side, shape, fight, live }: Scenario): string {
  // The first plugin whose filter matches loads a module, whatever namespace others have made for it: ours has to stand before those that load pictures.
  const plugins = [`heroImage(${toCode(options)})`, ...(fight === 'svg' ? [svgPlugin] : [])]
  const format = shape === 'cjs' || shape === 'iife' ? shape : 'esm'
  const settings = (folder: string, as: string): string => `{
  entryPoints: ['src/entry.js'],
  bundle: true,
  outdir: '${folder}',
  format: '${as}',
  ${as === 'cjs' ? "outExtension: { '.js': '.cjs' }," : ''}
  ${as === 'esm' && shape === undefined ? 'splitting: true,' : ''}
  ${as === 'iife' ? "target: 'es2022'," : ''}
  ${side === 'server' ? "platform: 'node'," : ''}
  ${publicPath ? `publicPath: ${toCode(publicPath)},` : ''}
  ${fight === 'asset' ? "loader: { '.jpg': 'file' }," : ''}
  alias: { '@photos': process.cwd() + '/photos' },
  plugins: [${plugins.join(', ')}],
}`
  const builds =
    shape === 'several' ? [settings(`${out}/es`, 'esm'), settings(`${out}/cjs`, 'cjs')] : [settings(out, format)]
  return `import heroImage from '@hero-image/unplugin/esbuild'
import { build, context } from 'esbuild'

const builds = [${builds.join(', ')}]
if (${live === true}) await (await context(builds[0])).watch()
else await Promise.all(builds.map((settings) => build(settings))).catch(() => process.exit(1))
`
}

function toOutputs({ out, publicPath = '', shape }: Scenario): Output[] {
  const module = { folder: out, entry: 'entry.js', kind: 'module', publicPath } as const
  if (shape === 'cjs') return [{ ...module, entry: 'entry.cjs', kind: 'commonjs' }]
  if (shape === 'iife') return [{ ...module, kind: 'script' }]
  if (shape === 'several')
    return [
      { ...module, folder: `${out}/es` },
      { ...module, folder: `${out}/cjs`, entry: 'entry.cjs', kind: 'commonjs' },
    ]
  return [module]
}
