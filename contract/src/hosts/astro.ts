/** Astro. */
import { caseNames } from '../case-names.ts'
import type { Host, Output, Scenario } from '../host.ts'
import { toCode, toGreedyPlugin } from '../text.ts'

const noRules = 'Astro has Vite’s plugins, no rules'
const noWatch = 'Astro rebuilds in its dev server only'

export const astro: Host = {
  name: 'Astro',
  packages: ['@hero-image/astro', 'astro'],
  files: (scenario) => ({
    'astro.config.mjs': toConfig(scenario),
    'src/pages/index.astro': scenario.side === 'client' ? clientPage : page,
  }),
  outputs: toOutputs,
  build: ['astro', 'build'],
  dev: { command: ['astro', 'dev', '--port', '0', '--host', '127.0.0.1'], path: '/' },
  absent: {
    'URLs relative to the code or page': 'Astro’s URLs begin at the base',
    'user’s rule: file-loader': noRules,
    'user’s rule: oneOf': noRules,
    ...Object.fromEntries(caseNames.shapes.map((name) => [name, 'Astro builds pages'])),
    ...Object.fromEntries(caseNames.watch.map((name) => [name, noWatch])),
    'Vitest with jsdom': 'as Vite',
    Storybook: 'as Vite',
  },
}

const asPages = 'as Astro’s pages'

/** Astro with pages that a server renders, on its Node adapter. */
export const astroServer: Host = {
  name: 'Astro, server',
  packages: [...astro.packages, '@astrojs/node'],
  files: (scenario) => ({ 'astro.config.mjs': toConfig(scenario, true), 'src/pages/index.astro': page }),
  outputs: ({ out, publicPath = '/' }) => [
    { folder: `${out}/client`, entry: '../server/entry.mjs', kind: 'server', publicPath },
  ],
  build: astro.build,
  absent: {
    ...astro.absent,
    ...Object.fromEntries(
      [...caseNames.server, ...caseNames.fights, ...caseNames.errors, ...caseNames.dev].map((name) => [name, asPages]),
    ),
  },
}

/** What is shown stands in the page. */
const page = `---
import { show } from '../shown.js'
const shown = JSON.stringify(await show())
---
<html lang="en">
  <head><title>Contract</title></head>
  <body><script is:inline type="application/json" id="shown" set:html={shown} /></body>
</html>
`

/** What is shown is known to the browser alone. */
const clientPage = `<html lang="en">
  <head><title>Contract</title></head>
  <body>
    <script>
      import { show } from '../shown.js'
      globalThis.shown = show()
    </script>
  </body>
</html>
`

function toConfig({ out, options, publicPath = '/', fight }: Scenario, isServer = false): string {
  const greedy = fight === undefined ? '' : toGreedyPlugin(fight === 'svg' ? 'svg' : 'jpg')
  const place = publicPath.startsWith('/')
    ? `base: ${toCode(publicPath)}`
    : `build: { assetsPrefix: ${toCode(publicPath.replace(/\/$/, ''))} }`
  return `${isServer ? "import node from '@astrojs/node'\n" : ''}import heroImage from '@hero-image/astro'
import { defineConfig } from 'astro/config'

export default defineConfig({
  outDir: ${toCode(out)},
  ${place},
  ${isServer ? "output: 'server', adapter: node({ mode: 'middleware' })," : ''}
  devToolbar: { enabled: false },
  integrations: [heroImage(${toCode(options)})],
  vite: {
    resolve: { alias: { '@photos': process.cwd() + '/photos' } },
    build: { assetsInlineLimit: 0 },
    plugins: [${greedy}],
  },
})
`
}

function toOutputs({ out, publicPath = '/', side }: Scenario): Output[] {
  const page = { folder: out, entry: 'index.html', kind: 'page', publicPath } as const
  return [side === 'client' ? { ...page, entry: /^_astro\/index\..*\.js$/, kind: 'module' } : page]
}
