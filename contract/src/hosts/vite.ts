/** Vite. */
import type { Host, Output, Scenario } from '../host.ts'
import { scriptEntry, toCode, toGreedyPlugin } from '../text.ts'
import { viteTools } from './vite-tools.ts'

const noRules = 'Vite has plugins, no rules'

export const vite: Host = {
  name: 'Vite',
  packages: ['@hero-image/core', '@hero-image/vite', '@storybook/html-vite', 'jsdom', 'storybook', 'vite', 'vitest'],
  files: (scenario) => ({ 'src/entry.js': scriptEntry, 'vite.config.js': toConfig(scenario) }),
  outputs: toOutputs,
  build: ['vite', 'build'],
  watch: ['vite', 'build', '--watch'],
  dev: { command: ['vite', '--port', '0', '--host', '127.0.0.1'], path: '/shown' },
  tools: viteTools,
  absent: { 'user’s rule: file-loader': noRules, 'user’s rule: oneOf': noRules },
}

// What a server of one's own does in dev: https://vite.dev/guide/ssr
const showing = `{
  name: 'showing',
  configureServer(server) {
    server.middlewares.use('/shown', async (_, response) => {
      const { show } = await server.ssrLoadModule('/src/shown.js')
      response.end(JSON.stringify(await show()))
    })
  },
}`

function toConfig({ out, options, publicPath, side, shape, fight }: Scenario): string {
  const greedy = fight === undefined ? [] : [toGreedyPlugin(fight === 'svg' ? 'svg' : 'jpg')]
  const plugins = [...greedy, `heroImage(${toCode(options)})`, showing]
  const base = publicPath === undefined ? '' : `base: ${toCode(publicPath === '' ? './' : publicPath)},`
  const input = "input: 'src/entry.js'"
  const lib =
    "lib: { entry: 'src/entry.js', name: 'Library', formats: ['es', 'cjs', 'umd', 'iife'], fileName: (format) => 'entry.' + format + (format === 'cjs' ? '.cjs' : '.js') },"
  return `import { heroImage } from '@hero-image/vite'

export default {
  ${base}
  resolve: { alias: { '@photos': process.cwd() + '/photos' } },
  plugins: [${plugins.join(', ')}],
  build: {
    outDir: ${toCode(out)},
    emptyOutDir: true,
    ${shape === 'library' ? lib : ''}
    ssr: ${side === 'server'},
    rolldownOptions: { ${shape === 'library' ? '' : `${input}, output: ${toCode(toRolldownOutputs(out, shape))}`} },
  },
}
`
}

const entryFileNames = '[name].js'

function toRolldownOutputs(out: string, shape: Scenario['shape']): object {
  if (shape === 'several')
    return [
      { dir: `${out}/es`, format: 'es', entryFileNames },
      { dir: `${out}/cjs`, format: 'cjs', entryFileNames: '[name].cjs' },
    ]
  if (shape === 'cjs') return { format: 'cjs', entryFileNames: '[name].cjs' }
  return { format: shape === 'iife' ? 'iife' : 'es', entryFileNames }
}

function toOutputs({ out, publicPath = '/', shape }: Scenario): Output[] {
  const module = { folder: out, entry: 'entry.js', kind: 'module', publicPath } as const
  if (shape === 'cjs') return [{ ...module, entry: 'entry.cjs', kind: 'commonjs' }]
  if (shape === 'iife') return [{ ...module, kind: 'script' }]
  if (shape === 'several')
    return [
      { ...module, folder: `${out}/es` },
      { ...module, folder: `${out}/cjs`, entry: 'entry.cjs', kind: 'commonjs' },
    ]
  if (shape === 'library')
    return (['es', 'cjs', 'umd', 'iife'] as const).map((format) => ({
      ...module,
      publicPath: '',
      entry: `entry.${format}.${format === 'cjs' ? 'cjs' : 'js'}`,
      kind: format === 'es' ? 'module' : format === 'cjs' ? 'commonjs' : 'script',
    }))
  return [module]
}
