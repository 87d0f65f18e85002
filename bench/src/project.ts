/** Small Vite projects that import photos through one of the two plugins. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HeroOptions } from '@hero-image/core'
import { widths as defaultWidths, formats } from './work.ts'

/** The plugins that are compared. */
export type Tool = 'ours' | 'imagetools'

/** What a project imports, and how. */
export interface ProjectOptions {
  readonly tool: Tool
  /** Names of the photos in the project's folder `photos`, without ending. */
  readonly photos: readonly string[]
  /** @default the widths of the benchmark */
  readonly widths?: readonly number[]
  /** @default 'default' */
  readonly effort?: 'fast' | 'default'
}

/** Command line of Vite, without Node. */
export const viteCommand: string = join(fileURLToPath(import.meta.resolve('vite')), '../../../bin/vite.js')

/** Flags that Vite needs here: the config is plain JavaScript with absolute imports, which bundling would not find from a temporary folder. */
export const viteFlags: readonly string[] = ['--configLoader', 'native']

/** Calls `use` with a fresh folder outside the repository, and removes it afterwards. */
export async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'hero-bench-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes everything but the photos. Both tools keep their caches where they do by default: below the project's own `node_modules`. */
export async function writeProject(folder: string, options: ProjectOptions): Promise<void> {
  await mkdir(join(folder, 'photos'), { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "name": "bench", "type": "module" }\n')
  await writeFile(join(folder, 'index.html'), '<script type="module" src="/main.js"></script>\n')
  await writeFile(join(folder, 'main.js'), mainText(options))
  await writeFile(join(folder, 'vite.config.js'), configText(options))
}

/** Options for our plugin: our defaults, but for the crop, which is the whole photo, and the widths. */
export function ourOptions({ widths = defaultWidths, effort = 'default' }: ProjectOptions): HeroOptions {
  const preset = { crops: { photo: { ratio: 'source' } }, widths }
  return { presets: { bench: preset }, ...(effort === 'default' ? {} : { effort }) }
}

/** The query of an import. */
function queryOf({ tool, widths = defaultWidths }: ProjectOptions): string {
  return tool === 'ours' ? 'hero=bench' : `w=${widths.join(';')}&format=${formats.join(';')}&as=picture`
}

function mainText(options: ProjectOptions): string {
  const query = queryOf(options)
  const imports = options.photos.map((name, index) => `import photo${index} from './photos/${name}.jpg?${query}'\n`)
  return `${imports.join('')}console.log(${options.photos.map((_, index) => `photo${index}`).join(', ')})\n`
}

function configText(options: ProjectOptions): string {
  const { tool } = options
  const url = JSON.stringify(import.meta.resolve(tool === 'ours' ? '@hero-image/vite' : 'vite-imagetools'))
  const plugin = tool === 'ours' ? `heroImage(${JSON.stringify(ourOptions(options))})` : 'imagetools()'
  const name = tool === 'ours' ? 'heroImage' : 'imagetools'
  return `import { ${name} } from ${url}\n\nexport default { plugins: [${plugin}] }\n`
}
