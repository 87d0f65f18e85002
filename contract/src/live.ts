/** A host that rebuilds or serves while files change. */
import type { Project } from '../../packages/unplugin/test/fixtures/project.ts'
import { prepare } from './build.ts'
import type { Host } from './host.ts'
import { keepRunning, type Running } from './run.ts'
import { evaluate, look, readPage, type Shown, type View } from './shown.ts'

/** Longest time until a change is seen, ms. */
const patience = 30_000

/** A project under the eyes of its host. */
export interface Live {
  readonly project: Project
  /** Waits until a check of what is shown passes. @throws what the check last threw, with what the host has said */
  until(check: (view: View) => void | Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** Starts the host's watcher. */
export async function watchProject(host: Host, project: Project): Promise<Live> {
  if (host.watch === undefined) throw new Error(`${host.name} has no watch command`)
  const scenario = await prepare(host, project, { live: true })
  const [output] = host.outputs(scenario)
  if (output === undefined) throw new Error(`${host.name} has no output`)
  const running = keepRunning(host, project, host.watch)
  return toLive(project, running, () => look(project, output))
}

/** Starts the host's dev server. */
export async function serveProject(host: Host, project: Project): Promise<Live> {
  const { dev } = host
  if (dev === undefined) throw new Error(`${host.name} has no dev server`)
  await prepare(host, project, { live: true })
  const running = keepRunning(host, project, dev.command)
  return toLive(project, running, async () => {
    const [origin] = /http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\d+/.exec(running.said()) ?? []
    if (origin === undefined) throw new Error('the server is not up')
    const page = await fetch(new URL(dev.path, origin))
    const text = await page.text()
    if (!page.ok) throw new Error(`${page.status} ${text.slice(0, 2000)}`)
    return {
      shown: dev.kind === 'script' ? await runScript(project, text, `${origin}/`) : readPage(text),
      async bytesOf(url) {
        const response = await fetch(new URL(url, origin))
        return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined
      },
    }
  })
}

/** What a served script shows. */
async function runScript(project: Project, text: string, servedAt: string): Promise<Shown> {
  await project.write('served/entry.js', text)
  return evaluate(project.at('served/entry.js'), 'script', project.at('served'), servedAt)
}

function toLive(project: Project, running: Running, view: () => Promise<View>): Live {
  return {
    project,
    stop: running.stop,
    async until(check) {
      const deadline = Date.now() + patience
      for (;;) {
        try {
          return await check(await view())
        } catch (error) {
          if (Date.now() > deadline)
            throw new Error(`${String(error)}\n${running.said().slice(-4000)}`, { cause: error })
        }
        await new Promise((resolve) => setTimeout(resolve, 60))
      }
    },
  }
}
