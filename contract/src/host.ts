/** The row of the table: everything the suite knows about a host. */
import type { HeroOptions } from '@hero-image/core'
import type { CaseName } from './case-names.ts'

/** Shapes of output beyond the host's usual one. */
export type Shape = 'cjs' | 'iife' | 'several' | 'library'

/** Rules of users that claim pictures for themselves. */
export type Fight = 'asset' | 'file-loader' | 'oneOf' | 'svg'

/** What is asked of a host, in words that all hosts understand. `src/shown.js` and all it needs is there already. */
export interface Scenario {
  /** Folder for the output, relative to the project. */
  readonly out: string
  readonly options: HeroOptions
  /** `/`, `/sub/`, an origin, or `''` for URLs relative to the code or page; absent: the host's default. */
  readonly publicPath?: string
  /** What the server renders, or what the browser gets: each is built and looked at on its own. Absent where that is not asked. */
  readonly side?: 'client' | 'server'
  readonly shape?: Shape
  readonly fight?: Fight
  /** Rebuild or serve while files change. */
  readonly live?: boolean
}

/** An output, and how to look at what it shows. */
export interface Output {
  /** What the public path stands for, relative to the project. */
  readonly folder: string
  /**
   * The file that puts a promise of what is shown into `globalThis.shown`, or a page with that as JSON, or a server of such a page whose `handler` goes into Node's own;
   * relative to the folder. A pattern where the host adds a hash.
   */
  readonly entry: string | RegExp
  readonly kind: 'module' | 'commonjs' | 'script' | 'page' | 'browser' | 'server'
  /** Where the folder is served: `/`, `/sub/`, an origin; `''` beside the code or page. */
  readonly publicPath: string
}

/** Name of an executable in `node_modules/.bin`, or a script of the project, and its arguments. */
export type Command = readonly [executable: string, ...args: readonly string[]]

/** A tool that takes the host's plugins and has its own command. */
export interface Tool {
  /** Config and what it works on, by path. */
  files(options: HeroOptions): Readonly<Record<string, string>>
  readonly command: Command
  /** File or folder that it leaves, relative to the project. */
  readonly result: string
}

/** A host. */
export interface Host {
  readonly name: string
  /** Packages that the project has: it can resolve nothing else, as with pnpm. */
  readonly packages: readonly string[]
  /** True for hosts that load us from `dist`: `npm run build` comes first. Others run from source. */
  readonly fromDist?: boolean
  /** True for hosts that insist on all files being below one workspace: the project then lies in this one. */
  readonly insideWorkspace?: boolean
  /** Config and entry for a scenario, by path; as a user would write them. */
  files(scenario: Scenario): Readonly<Record<string, string>>
  outputs(scenario: Scenario): readonly Output[]
  readonly build: Command
  /** Rebuilds the output while files change. */
  readonly watch?: Command
  /** Serves the page while files change; `path` answers with what is shown, as JSON or as a page with it, or with a script that shows it. */
  readonly dev?: { readonly command: Command; readonly path: string; readonly kind?: 'script' }
  /** Folder of the host's own cache between builds, if it has one; the build fails to convince when it stays empty. */
  readonly hostCache?: string
  /**
   * How often the host prints any error of any plugin.
   * @default 1
   */
  readonly tells?: number
  readonly tools?: Readonly<Partial<Record<'vitest' | 'storybook', Tool>>>
  /** Cases that the host cannot have, with the reason. */
  readonly absent: Readonly<Partial<Record<CaseName, string>>>
  /** Cases that it should have and does not pass yet, with what is seen. */
  readonly knownGaps?: Readonly<Partial<Record<CaseName, string>>>
}

/** Why a case is not run, or `undefined` when it is. */
export function reasonAgainst(host: Host, name: CaseName): string | undefined {
  return host.absent[name] ?? host.knownGaps?.[name]
}
