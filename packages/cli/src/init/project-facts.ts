/** What kind of project a folder holds; nothing is changed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../usage-error.ts'

/** A project as `init` finds it. */
export interface ProjectFacts {
  readonly root: string
  /** Names of all packages that package.json depends on. */
  readonly dependencies: ReadonlySet<string>
  /** Names of the files in the root. */
  readonly files: ReadonlySet<string>
  /** Name of `vite.config.*`. */
  readonly viteConfig?: string
  /** Command that adds a development dependency, such as `npm install -D`. */
  readonly installCommand: string
}

const lockFiles: Readonly<Record<string, string>> = {
  'pnpm-lock.yaml': 'pnpm add -D',
  'yarn.lock': 'yarn add -D',
  'bun.lock': 'bun add -d',
  'bun.lockb': 'bun add -d',
}

/** Looks at a folder. @throws UsageError when it has no readable package.json */
export function readProject(root: string): ProjectFacts {
  const manifest = join(root, 'package.json')
  if (!existsSync(manifest)) {
    throw new UsageError('There is no package.json here.', 'Run hero-image init in the folder of your project.')
  }
  const files = new Set(readdirSync(root))
  const viteConfig = [...files].find((name) => /^vite\.config\.[cm]?[jt]s$/.test(name))
  const lock = Object.keys(lockFiles).find((name) => files.has(name))
  return {
    root,
    files,
    dependencies: readDependencies(manifest),
    installCommand: lockFiles[lock ?? ''] ?? 'npm install -D',
    ...(viteConfig === undefined ? {} : { viteConfig }),
  }
}

function readDependencies(manifest: string): Set<string> {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(manifest, 'utf8').replace(/^\ufeff/, ''))
  } catch (error) {
    throw new UsageError('package.json cannot be read.', error instanceof Error ? error.message : String(error))
  }
  if (typeof json !== 'object' || json === null) return new Set()
  const lists = Object.entries(json).filter(([key]) => /^(?:dev|peer|optional)?dependencies$/i.test(key))
  return new Set(lists.flatMap(([, list]) => (typeof list === 'object' && list !== null ? Object.keys(list) : [])))
}
