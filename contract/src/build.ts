/** Builds a project with its host and looks at what came out. */
import type { Project } from '../../packages/unplugin/test/fixtures/project.ts'
import type { Host, Scenario } from './host.ts'
import { contractOptions } from './reference.ts'
import { type Ran, run } from './run.ts'
import { look, type Seen } from './shown.ts'

/** Writes what the host needs for a scenario. */
export async function prepare(host: Host, project: Project, wanted: Partial<Scenario>): Promise<Scenario> {
  const scenario: Scenario = { out: 'dist', options: contractOptions, ...wanted }
  for (const [path, content] of Object.entries(host.files(scenario))) await project.write(path, content)
  return scenario
}

/** Builds and expects success. @returns every output with what it shows */
export async function build(host: Host, project: Project, wanted: Partial<Scenario> = {}): Promise<Seen[]> {
  const scenario = await prepare(host, project, wanted)
  const ran = await run(host, project, host.build)
  if (ran.status !== 0) throw new Error(`${host.name} ended with ${ran.status}:\n${ran.said}`)
  return Promise.all(host.outputs(scenario).map((output) => look(project, output)))
}

/** The same for scenarios with one output. */
export async function buildOne(host: Host, project: Project, wanted: Partial<Scenario> = {}): Promise<Seen> {
  const [seen] = await build(host, project, wanted)
  if (seen === undefined) throw new Error(`${host.name} has no output`)
  return seen
}

/** Builds, whatever comes of it. */
export async function attempt(host: Host, project: Project): Promise<Ran> {
  await prepare(host, project, {})
  return run(host, project, host.build)
}
