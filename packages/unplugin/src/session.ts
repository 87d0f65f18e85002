/** What all hooks of one plugin instance share: options, engine, log. Started once, when the host knows its root. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createEngine, type Engine, type HeroOptions, loadConfig, resolveOptions } from '@hero-image/core'
import { writeDeclarations } from './declarations.ts'
import { createReport, type Report } from './report.ts'

/** Where a host wants messages to go. */
export interface Log {
  info(message: string): void
  warn(message: string): void
}

/** What a host says about itself. */
export interface Host {
  /** Absolute path of the project. */
  readonly root: string
  /** Folder for assets inside the output. */
  readonly assetsDir: string
  readonly log: Log
  /** True in dev servers: encoders hurry. */
  readonly dev: boolean
  /**
   * One format and two widths per crop: for dev servers that make all files before they show a page.
   * @default false
   */
  readonly quick?: boolean
  /**
   * The host runs several processes with a session each: together they encode no more at once than one would.
   * @default false
   */
  readonly isOneOfMany?: boolean
  /** Told of every file that is encoded, as the report is. */
  readonly onMade?: Report['made']
}

/** A started session. */
export interface Started {
  readonly engine: Engine
  readonly host: Host
  /** Folder for our files inside the output, without slashes at the ends. */
  readonly assetsDir: string
  readonly report: Report
}

/** One plugin instance. */
export interface Session {
  /**
   * Starts the session; a second call for the same returns the first one's result, since some hosts configure a plugin per environment. Others use one plugin for
   * a server and then for a build (Astro): the latest call counts.
   */
  start(host: Host): Promise<Started>
  /** The session that was started last. @throws when the host has not started it */
  ready(): Promise<Started>
  /** Ends worker threads. */
  close(): Promise<void>
}

/** A session with the options written in the host's config, or, without any, those of `hero.config.ts`. */
export function createSession(inline: HeroOptions | undefined): Session {
  const all = new Map<string, Promise<Started>>()
  let latest: Promise<Started> | undefined
  return {
    start(host) {
      const { root, assetsDir, dev, quick = false } = host
      const key = JSON.stringify([root, assetsDir, dev, quick])
      latest = all.get(key) ?? startSession(inline, host)
      all.set(key, latest)
      return latest
    },
    async ready() {
      if (latest === undefined) throw new Error('hero-image: the host called a hook before it configured the plugin')
      return latest
    },
    async close() {
      // A start that failed has reported itself and has nothing to end.
      const ended = [...all.values()].map(async (started) => (await started.catch(() => undefined))?.engine.close())
      await Promise.all(ended)
    },
  }
}

async function startSession(inline: HeroOptions | undefined, host: Host): Promise<Started> {
  const config = inline === undefined ? await loadConfig(host.root) : undefined
  const user: HeroOptions = inline ?? config?.options ?? {}
  const options = resolveOptions(host.dev ? { effort: 'fast', ...user } : user, host.root)
  const report = createReport(host.log, host.root, options.report)
  const onMade: Report['made'] = (...made) => {
    report.made(...made)
    host.onMade?.(...made)
  }
  const engine = createEngine(options, {
    onMade,
    quick: host.quick ?? false,
    isOneOfMany: host.isOneOfMany ?? false,
  })
  if (options.dts ?? existsSync(join(host.root, 'tsconfig.json'))) await writeDeclarations(options)
  return { engine, host, report, assetsDir: (options.assetsDir ?? host.assetsDir).replace(/^\/+|\/+$/g, '') }
}
