/** What the rows of webpack and Rspack have in common: their configs differ in names alone. */
import type { Host, Output, Scenario } from '../host.ts'
import { scriptEntry, toCode } from '../text.ts'

/** What differs. */
export interface Names {
  /** Import of our plugin, and of what takes CSS out of scripts. */
  readonly imports: string
  readonly plugin: string
  readonly css: string
  readonly cssLoader: string
  /** Code of the persistent cache's options. */
  readonly cache: string
}

/** Cases that neither has. */
export const absent: Host['absent'] = {
  'import.meta.glob': 'Vite’s own',
  'Vitest with jsdom': 'Vitest runs on Vite',
}

// As SVGR does: whatever is imported, a component comes out.
const svgLoader = 'module.exports = () => \'export default "user:component"\'\n'

const rules: Readonly<Record<NonNullable<Scenario['fight']>, string>> = {
  asset: "{ test: /\\.jpg$/, type: 'asset/resource' }",
  'file-loader': "{ test: /\\.jpg$/, use: 'file-loader', type: 'javascript/auto' }",
  oneOf:
    "{ oneOf: [{ test: /\\.jpg$/, type: 'asset/inline' }, { exclude: /\\.(?:js|css|json)$/, type: 'asset/resource' }] }",
  svg: "{ test: /\\.svg$/, use: './svg-loader.cjs', type: 'javascript/auto' }",
}

/** The files of a project. */
export function toFiles(configFile: string, names: Names): Host['files'] {
  return (scenario) => {
    const config =
      scenario.shape === 'several'
        ? `[${toConfig({ ...scenario, out: `${scenario.out}/page` }, names)}, ${toConfig({ ...scenario, out: `${scenario.out}/server`, shape: 'cjs' }, names)}]`
        : toConfig(scenario, names)
    return {
      'src/entry.js': scriptEntry,
      'svg-loader.cjs': svgLoader,
      [configFile]: `${names.imports}\n\nexport default ${config}\n`,
    }
  }
}

function toConfig({ out, options, publicPath, side, shape, fight, live }: Scenario, names: Names): string {
  const isCommonJs = side === 'server' || shape === 'cjs'
  const rule = fight === undefined ? '' : `${rules[fight]}, `
  return `{
  mode: '${live ? 'development' : 'production'}',
  devtool: false,
  target: '${isCommonJs ? 'node' : 'web'}',
  entry: './src/entry.js',
  output: {
    path: process.cwd() + '/${out}',
    filename: '${isCommonJs ? 'entry.cjs' : 'entry.js'}',
    clean: true,
    ${publicPath === undefined ? '' : `publicPath: ${toCode(publicPath)},`}
    ${isCommonJs ? "library: { type: 'commonjs2' }," : ''}
    ${shape === 'library' ? "module: true, library: { type: 'module' }," : ''}
  },
  // What WebAssembly needs makes modules asynchronous: it must not confuse ours.
  experiments: { asyncWebAssembly: true${shape === 'library' ? ', outputModule: true' : ''} },
  resolve: { alias: { '@photos': process.cwd() + '/photos' } },
  cache: ${names.cache},
  ${live ? "devServer: { host: '127.0.0.1', port: 0, client: false, hot: false, liveReload: false, static: false }," : ''}
  module: { rules: [${rule}{ test: /\\.css$/, use: [${names.cssLoader}, 'css-loader'], type: 'javascript/auto' }] },
  plugins: [new ${names.css}(), new ${names.plugin}(${toCode(options)})],
}`
}

/** Where outputs lie. */
export function toOutputs({ out, publicPath = '', side, shape }: Scenario): Output[] {
  const page = { folder: out, entry: 'entry.js', kind: 'script', publicPath } as const
  const commonJs = { folder: out, entry: 'entry.cjs', kind: 'commonjs', publicPath } as const
  if (side === 'server' || shape === 'cjs') return [commonJs]
  if (shape === 'library') return [{ ...page, kind: 'module' }]
  if (shape === 'several')
    return [
      { ...page, folder: `${out}/page` },
      { ...commonJs, folder: `${out}/server` },
    ]
  return [page]
}
