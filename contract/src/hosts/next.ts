/** Next, with each of its bundlers; built as a static site. */
import { caseNames } from '../case-names.ts'
import type { Host, Output, Scenario } from '../host.ts'
import { toCode } from '../text.ts'

const absent: Host['absent'] = {
  'import.meta.glob': 'Vite’s own',
  // One build less, where builds are slow.
  'public path /': 'the cold build’s own',
  'URLs relative to the code or page': 'Next’s URLs begin at the base',
  ...Object.fromEntries(caseNames.shapes.map((name) => [name, 'Next builds pages'])),
  ...Object.fromEntries(caseNames.watch.map((name) => [name, 'Next rebuilds in its dev server only'])),
  'Vitest with jsdom': 'Vitest runs on Vite',
  Storybook: 'the row of Vite has its Vite builder',
}

const shared = {
  packages: [],
  insideWorkspace: true,
  fromDist: true,
  outputs: toOutputs,
  hostCache: '.next/cache',
} as const

export const nextTurbopack: Host = {
  ...shared,
  name: 'Next, Turbopack',
  files: (scenario) => toFiles(scenario, turbopackFights),
  build: ['next', 'build'],
  dev: { command: ['next', 'dev', '--port', '0', '--hostname', '127.0.0.1'], path: '/' },
  absent: {
    ...absent,
    'names are the same in every host':
      'Turbopack names files by photo and a hash of its own; their bytes are the same',
    'user’s rule: file-loader': 'Turbopack’s loaders emit no files',
    'user’s rule: oneOf': 'Turbopack has no such rules',
  },
}

export const nextWebpack: Host = {
  ...shared,
  name: 'Next, webpack',
  files: (scenario) => toFiles(scenario, webpackFights),
  build: ['next', 'build', '--webpack'],
  dev: { command: ['next', 'dev', '--webpack', '--port', '0', '--hostname', '127.0.0.1'], path: '/' },
  absent: {
    ...absent,
    'user’s rule: every .jpg is an asset': 'as webpack, whose rules these are',
    'user’s rule: oneOf': 'as webpack, whose rules these are',
  },
}

const layout = `export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
`

const page = `import { show } from '../src/shown.js'

export default async function Page() {
  const shown = JSON.stringify(await show())
  return <script type="application/json" id="shown" dangerouslySetInnerHTML={{ __html: shown }} />
}
`

/** What is shown is known to the browser alone. */
const clientPage = `'use client'
import { show } from '../src/shown.js'

if (typeof window !== 'undefined') window.shown = show()

export default function Page() {
  return <p>Contract</p>
}
`

// As SVGR does: whatever is imported, a component comes out.
const svgLoader = "module.exports = () => 'export default function Drawing() { return null }'\n"

type Fights = Readonly<Partial<Record<NonNullable<Scenario['fight']>, string>>>

const turbopackFights: Fights = {
  asset: "turbopack: { rules: { '*.jpg': { type: 'asset' } } },",
  svg: "turbopack: { rules: { '*.svg': { loaders: ['./svg-loader.cjs'], as: '*.js' } } },",
}

const toRule = (rule: string): string => `images: { unoptimized: true, disableStaticImages: true },
  webpack(config) {
    config.module.rules.push(${rule})
    return config
  },`

const webpackFights: Fights = {
  'file-loader': toRule("{ test: /\\.jpg$/, use: 'file-loader', type: 'javascript/auto' }"),
  // The recipe of https://react-svgr.com/docs/next
  svg: `webpack(config) {
    const own = config.module.rules.find((rule) => rule.test?.test?.('.svg'))
    config.module.rules.push(
      { ...own, test: /\\.svg$/i, resourceQuery: /url/ },
      { test: /\\.svg$/i, issuer: own.issuer, resourceQuery: { not: [...own.resourceQuery.not, /url/] }, use: ['./svg-loader.cjs'] },
    )
    own.exclude = /\\.svg$/i
    return config
  },`,
}

function toFiles(scenario: Scenario, fights: Fights): Record<string, string> {
  return {
    'next.config.mjs': toConfig(scenario, fights),
    'jsconfig.json': '{ "compilerOptions": { "paths": { "@photos/*": ["./photos/*"] } } }\n',
    'svg-loader.cjs': svgLoader,
    'app/layout.jsx': layout,
    'app/page.jsx': scenario.side === 'client' ? clientPage : page,
  }
}

function toConfig({ out, options, publicPath = '/', fight, live }: Scenario, fights: Fights): string {
  const place = publicPath.startsWith('/') ? 'basePath' : 'assetPrefix'
  return `import { withHeroImage } from '@hero-image/next'

export default withHeroImage(
{
  ${live ? '' : `output: 'export', distDir: ${toCode(out)},`}
  ${publicPath === '/' ? '' : `${place}: ${toCode(publicPath.replace(/\/$/, ''))},`}
  ${fight === undefined ? '' : (fights[fight] ?? '')}
},
${toCode(options)})
`
}

function toOutputs({ out, publicPath = '/', side }: Scenario): Output[] {
  return [{ folder: out, entry: 'index.html', kind: side === 'client' ? 'browser' : 'page', publicPath }]
}
