/** Builds: cold, with analyses only, warm, after one photo changed; ours, vite-imagetools' and the raw script's, taking turns. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Cost, runMeasured } from '../measure/run.ts'
import { ourEncoders } from '../our-encoders.ts'
import { listOutputs, type Output } from '../outputs.ts'
import { copyPhoto, isWideGamut, writeChangedPhoto } from '../photos.ts'
import { type Tool, viteCommand, viteFlags, writeProject } from '../project.ts'
import { widths } from '../work.ts'

/** Kinds of runs. */
export type BuildRun =
  | 'ours cold'
  | 'imagetools cold'
  | 'raw script'
  | 'ours, analyses known'
  | 'ours warm'
  | 'imagetools warm'
  | 'ours, one photo changed'
  | 'imagetools, one photo changed'

/** Costs by kind, in the order of the runs; some kinds run more than once in a round. */
export type BuildCosts = Readonly<Record<BuildRun, readonly Cost[]>>

/** What the builds cost and left. */
export interface BuildResults {
  readonly costs: BuildCosts
  /** Pictures of the first round; later rounds make the same. */
  readonly outputs: Readonly<Record<Tool | 'raw', readonly Output[]>>
}

/**
 * Runs in each round. What is compared takes turns, since the machine's speed drifts by more than the differences that are looked for: the script runs between
 * our two builds that it is compared with, and vite-imagetools' long build between two of ours. Warm builds take less than half a second, are nearly equal and
 * cost little to repeat.
 */
const runs = { cold: 2, warm: 30, changed: 3 }

/** Runs all builds `rounds` times, below a temporary folder. */
export async function measureBuilds(
  folder: string,
  { photos, rounds, changed, log }: BuildOptions,
): Promise<BuildResults> {
  const costs: Record<BuildRun, Cost[]> = {
    'ours cold': [],
    'imagetools cold': [],
    'raw script': [],
    'ours, analyses known': [],
    'ours warm': [],
    'imagetools warm': [],
    'ours, one photo changed': [],
    'imagetools, one photo changed': [],
  }
  const outputs: Record<Tool | 'raw', Output[]> = { ours: [], imagetools: [], raw: [] }
  const note = (run: BuildRun, cost: Cost): void => {
    costs[run].push(cost)
    log(`${run}: ${cost.wall.toFixed(2)} s, ${cost.cpu.toFixed(2)} CPU s, ${Math.round(cost.memory / 1e6)} MB`)
  }
  for (let round = 0; round < rounds; round++) {
    const place = (name: string): string => join(folder, `${round}-${name}`)
    const projects = { ours: place('ours-0'), imagetools: place('imagetools') }
    for (let run = 0; run < runs.cold; run++) {
      const [ours, analysed, raw] = [place(`ours-${run}`), place(`analysed-${run}`), place(`raw-${run}`)]
      await createProject(ours, 'ours', photos)
      await createProject(analysed, 'ours', photos)
      await analyseAll(analysed, photos)
      await mkdir(raw)
      note('ours cold', await build(ours))
      note('raw script', await runRaw(raw, photos, ours))
      note('ours, analyses known', await build(analysed))
      if (run === 0) {
        await createProject(projects.imagetools, 'imagetools', photos)
        note('imagetools cold', await build(projects.imagetools))
      }
      if (round === 0 && run === 0) {
        outputs.ours = await keepOutputs(ours, photos)
        outputs.imagetools = await keepOutputs(projects.imagetools, photos)
        outputs.raw = await listOutputs(raw, photos)
      } else await rm(raw, { recursive: true })
      if (run > 0) await rm(ours, { recursive: true })
      await rm(analysed, { recursive: true })
    }
    for (let run = 0; run < runs.warm; run++) {
      // Neither always comes first: the second finds the machine as the first left it.
      const tools = ['ours', 'imagetools'] as const
      for (const tool of run % 2 === 0 ? tools : tools.toReversed()) note(`${tool} warm`, await build(projects[tool]))
    }
    for (let run = 0; run < runs.changed; run++) {
      for (const project of [projects.ours, projects.imagetools])
        await writeChangedPhoto(changed, join(project, 'photos', `${changed}.jpg`), `round ${round}, run ${run}`)
      note('ours, one photo changed', await build(projects.ours))
      note('imagetools, one photo changed', await build(projects.imagetools))
    }
    if (round > 0) for (const each of [projects.ours, projects.imagetools]) await rm(each, { recursive: true })
  }
  return { costs, outputs }
}

/** What is built, and how often. */
export interface BuildOptions {
  readonly photos: readonly string[]
  readonly rounds: number
  /** Name of the photo that changes. */
  readonly changed: string
  readonly log: (line: string) => void
}

/** Writes a project with copies of photos and gives its folder back. */
export async function createProject(folder: string, tool: Tool, photos: readonly string[]): Promise<string> {
  await writeProject(folder, { tool, photos })
  for (const name of photos) await copyPhoto(name, join(folder, 'photos', `${name}.jpg`))
  return folder
}

/**
 * Runs `vite build` into an empty output. The last output is moved aside instead of deleted: ext4 looks long for places for new files where many were deleted within
 * the last seconds, which took up to 20 ms of CPU from a warm build, from one project's more than from another's.
 */
export async function build(project: string): Promise<Cost> {
  const output = join(project, 'dist')
  if (existsSync(output)) await rename(output, join(project, `before-${randomUUID()}`))
  const cost = await runMeasured([viteCommand, 'build', ...viteFlags], project)
  await access(output)
  return cost
}

/** Puts the pictures where later builds do not replace them. */
async function keepOutputs(project: string, photos: readonly string[]): Promise<Output[]> {
  const kept = join(project, 'kept')
  await rename(join(project, 'dist'), kept)
  return listOutputs(kept, photos)
}

/** Puts only the analyses into a project's cache. */
async function analyseAll(project: string, photos: readonly string[]): Promise<void> {
  const files = photos.map((name) => join(project, 'photos', `${name}.jpg`))
  await runMeasured([join(import.meta.dirname, '../child/analyse.ts'), project, ...files], project)
}

async function runRaw(folder: string, photos: readonly string[], project: string): Promise<Cost> {
  const job = {
    target: join(folder, 'out'),
    widths,
    encoders: ourEncoders,
    photos: photos.map((name) => ({
      file: join(project, 'photos', `${name}.jpg`),
      isWideGamut: isWideGamut(name),
    })),
  }
  return runMeasured([join(import.meta.dirname, '../child/raw.ts'), JSON.stringify(job)], folder)
}
