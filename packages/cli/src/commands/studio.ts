/** `hero-image studio`: the crop editor over every hero of a project, for development servers that cannot show it themselves. */
import { spawn } from 'node:child_process'
import type { Command, Input } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

const usualPort = 4747

/** The command. */
export const studio: Command = {
  name: 'studio',
  usage: '',
  about: 'open the crop editor over every hero of this project',
  flags: {
    port: { value: '<number>', about: `port on this machine; ${usualPort}, or the next free one, by default` },
    open: { about: 'open the page in the browser' },
    config: { value: '<file>', about: 'config file; hero.config.ts of the project by default' },
  },
  notes: [
    'For webpack, Rspack, esbuild and Next, beside their own development server, which notices what is saved.\nVite and Astro show the same page at /__hero/.',
  ],
  run: runStudio,
}

async function runStudio(input: Input, terminal: Terminal): Promise<number> {
  const [extra] = input.names
  if (extra !== undefined) {
    throw new UsageError(`'${extra}' is too much.`, 'Run hero-image studio in the folder of your project.')
  }
  const port = toPort(input.text('port'))
  const [{ createEngine }, { createFindPhoto, createScan, serveStudio }, { loadProject }] = await Promise.all([
    import('@hero-image/core'),
    import('@hero-image/studio'),
    import('../project.ts'),
  ])
  const { options } = await loadProject(process.cwd(), input.text('config'))
  const { root } = options
  const { url } = await serveStudio({
    engine: createEngine(options),
    uses: createScan({ root, find: createFindPhoto(root) }),
    port: port ?? usualPort,
    tries: port === undefined ? 20 : 0,
    warn: (message) => terminal.say(message),
  }).catch((error: unknown) => {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    throw isTaken ? new UsageError(`Port ${port} is taken.`, 'Choose another one, or leave --port away.') : error
  })
  terminal.print(terminal.json ? JSON.stringify({ url }) : `➜  Hero Image: ${terminal.style('cyan', url)}`)
  if (input.on('open')) openPage(url, terminal)
  // Until somebody interrupts it.
  await new Promise(() => undefined)
  return exitCodes.done
}

function toPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new UsageError(`The port cannot be '${text}'.`, 'Give a whole number up to 65535; 0 takes any that is free.')
}

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
}

function openPage(url: string, terminal: Terminal): void {
  const [program, ...args] = openers[process.platform] ?? ['xdg-open']
  const opener = spawn(program, [...args, url], { stdio: 'ignore', detached: true })
  opener.once('error', () => terminal.say(`The browser could not be opened: open ${url} yourself.`))
  opener.unref()
}
