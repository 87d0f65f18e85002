/** Decides what `init` does to a project, file by file; nothing is written here. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { configNames } from '@hero-image/core'
import { type OtherHost, otherHosts } from './hosts.ts'
import type { ProjectFacts } from './project-facts.ts'
import { addToDeclarations, addToTsconfig, hasTypes, includedBy, typesInstructions } from './types-entry.ts'
import { addPlugin, newViteConfig, usesPlugin, viteInstructions } from './vite-config.ts'

/** What happens to one file. */
export interface Change {
  /** Relative to the project. */
  readonly file: string
  /** `manual`: a person has to do it; `keep`: it is right already. */
  readonly action: 'create' | 'edit' | 'keep' | 'manual'
  readonly about: string
  /** The whole new text of a file that is created or edited. */
  readonly text?: string
}

/** All changes, in the order in which they are told. */
export function planChanges(project: ProjectFacts): Change[] {
  const isVite = project.viteConfig !== undefined || project.dependencies.has('vite')
  const others = otherHosts(project.dependencies)
  return [
    planConfig(project, isVite),
    ...(isVite ? [planViteConfig(project), ...planTypes(project)] : []),
    ...others.flatMap((other) => planOther(project, other)),
    ...planInstall(project, isVite, others),
  ]
}

function planOther({ root }: ProjectFacts, { host, about, types }: OtherHost): Change[] {
  const [config] = tsconfigs(root)
  const step: Change = { file: host, action: 'manual', about }
  if (types === undefined || config === undefined || config.text.includes(types)) return [step]
  return [step, { file: config.file, action: 'manual', about: `add "${types}" to compilerOptions.types` }]
}

function planInstall(
  { dependencies, installCommand }: ProjectFacts,
  isVite: boolean,
  others: readonly OtherHost[],
): Change[] {
  const hosts = [...(isVite ? ['@hero-image/vite'] : []), ...others.map((other) => other.package)]
  // Pages write pictures with the functions of core; Astro has components of its own for that.
  const wanted = new Set(hosts.some((name) => name !== '@hero-image/astro') ? [...hosts, '@hero-image/core'] : hosts)
  const missing = [...wanted].filter((name) => !dependencies.has(name))
  if (missing.length === 0) return []
  const command = others.some(({ runs }) => runs) ? installCommand.replace(/ -d$/i, '') : installCommand
  return [{ file: 'package.json', action: 'manual', about: `run: ${command} ${missing.join(' ')}` }]
}

function planConfig({ root, files }: ProjectFacts, isVite: boolean): Change {
  const there = configNames.find((name) => files.has(name))
  if (there !== undefined) return { file: there, action: 'keep', about: 'is there already' }
  // Where a tsconfig only looks into src, generated types must lie there to count.
  const included = tsconfigs(root).flatMap(({ text }) => includedBy(text) ?? [])
  const inSource = included.length > 0 && included.every((each) => /^(?:\.\/)?src(?:\/|$)/.test(each))
  return {
    file: 'hero.config.ts',
    action: 'create',
    about: 'options for the plugins and the command',
    text: configText(isVite, inSource),
  }
}

/** Only types are imported: the command reads the file without loading a plugin for it. */
function configText(isVite: boolean, inSource: boolean): string {
  const body = [
    ...(inSource ? ["  dts: 'src/hero-env.d.ts',"] : []),
    '  presets: {',
    "    // import photo from './photo.jpg?hero=card'",
    "    card: { crops: { card: { ratio: '4:3' } }, sizes: '(min-width: 640px) 50vw, 100vw' },",
    '  },',
  ]
  const lines = isVite
    ? [
        "import type { HeroOptions } from '@hero-image/vite'",
        '',
        'export default {',
        ...body,
        '} satisfies HeroOptions',
      ]
    : ['export default {', ...body, '}']
  return `${lines.join('\n')}\n`
}

function planViteConfig({ root, files, viteConfig }: ProjectFacts): Change {
  if (viteConfig === undefined) {
    const file = files.has('tsconfig.json') ? 'vite.config.ts' : 'vite.config.mjs'
    return { file, action: 'create', about: 'Vite with the plugin', text: newViteConfig }
  }
  const text = readFileSync(join(root, viteConfig), 'utf8')
  if (usesPlugin(text)) return { file: viteConfig, action: 'keep', about: 'has the plugin already' }
  const edited = addPlugin(text)
  if (edited === undefined) return { file: viteConfig, action: 'manual', about: viteInstructions }
  return { file: viteConfig, action: 'edit', about: 'adds heroImage() to the plugins', text: edited }
}

function planTypes({ root }: ProjectFacts): Change[] {
  const configs = tsconfigs(root)
  if (configs.length === 0) return []
  const declarations = 'src/vite-env.d.ts'
  const current = existsSync(join(root, declarations)) ? readFileSync(join(root, declarations), 'utf8') : undefined
  const done = [...configs, ...(current === undefined ? [] : [{ file: declarations, text: current }])].find(
    ({ text }) => hasTypes(text),
  )
  if (done !== undefined) return [{ file: done.file, action: 'keep', about: 'has the types already' }]
  const about = 'adds the types of hero imports'
  for (const { file, text } of configs) {
    const edited = addToTsconfig(text)
    if (edited !== undefined) return [{ file, action: 'edit', about, text: edited }]
  }
  if (current !== undefined) return [{ file: declarations, action: 'edit', about, text: addToDeclarations(current) }]
  return [{ file: declarations, action: 'manual', about: `create it with the line: ${typesInstructions}` }]
}

/** The config for the app's own code comes first where there are several. */
function tsconfigs(root: string): { readonly file: string; readonly text: string }[] {
  return ['tsconfig.app.json', 'tsconfig.json']
    .filter((file) => existsSync(join(root, file)))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
}
