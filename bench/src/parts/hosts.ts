/** Overhead of each host: a cold build with pictures, the same build without, and the raw script's encodes of the same files. */
import { join } from 'node:path'
import type { HeroOptions } from '@hero-image/core'
import { prepare } from '../../../contract/src/build.ts'
import type { Host } from '../../../contract/src/host.ts'
import { hosts } from '../../../contract/src/hosts/index.ts'
import { openProject } from '../../../contract/src/project.ts'
import { toNodeArguments } from '../../../contract/src/run.ts'
import { type Cost, runMeasured } from '../measure/run.ts'
import { medianCost } from '../measure/statistics.ts'
import { ourEncoders } from '../our-encoders.ts'
import { copyPhoto, isWideGamut, photoFile } from '../photos.ts'

/** Costs in one host, one for each round. */
export interface HostCosts {
  readonly host: string
  /** Plugin in place, nothing imported. */
  readonly without: readonly Cost[]
  readonly cold: readonly Cost[]
  /** The raw script, taking turns with the builds: what slows one round slows all of it. */
  readonly raw: readonly Cost[]
}

const widths = [640, 1280]

const options: HeroOptions = {
  presets: { hero: { crops: { photo: { ratio: 'source' } }, widths } },
  cache: { dir: 'image-cache' },
  dts: false,
}

/** Runs all hosts of the contract suite `rounds` times. They load us as published: from `dist`. */
export async function measureHosts(
  folder: string,
  { photos, rounds, log }: { photos: readonly string[]; rounds: number; log: (line: string) => void },
): Promise<HostCosts[]> {
  const results: HostCosts[] = []
  for (const host of hosts) {
    const costs = await measureHost(host, { folder: join(folder, host.name), photos, rounds })
    results.push(costs)
    const [without, cold, raw] = [costs.without, costs.cold, costs.raw].map((each) => medianCost(each).cpu.toFixed(2))
    log(`${host.name}: ${without} CPU s without pictures, ${cold} with; the raw script ${raw}`)
  }
  return results
}

async function measureHost(
  host: Host,
  { folder, photos, rounds }: { folder: string; photos: readonly string[]; rounds: number },
): Promise<HostCosts> {
  const project = await openProject(host, [])
  try {
    await project.write('photos/none', '')
    for (const name of photos) await copyPhoto(name, project.at(`photos/${name}.jpg`))
    const { out } = await prepare(host, project, { options })
    const build = async (imported: readonly string[]): Promise<Cost> => {
      await project.write('src/shown.js', toShown(imported))
      for (const path of [out, 'image-cache', '.next', host.hostCache ?? out]) await project.remove(path)
      return runMeasured(toNodeArguments(project, host.build), project.root)
    }
    const without: Cost[] = []
    const cold: Cost[] = []
    const raw: Cost[] = []
    for (let round = 0; round < rounds; round++) {
      without.push(await build([]))
      cold.push(await build(photos))
      raw.push(await runRaw(join(folder, `${round}`), photos))
    }
    return { host: host.name, without, cold, raw }
  } finally {
    await project.remove('')
  }
}

function toShown(photos: readonly string[]): string {
  const imports = photos.map((name, index) => `import photo${index} from '../photos/${name}.jpg?hero'\n`)
  return `${imports.join('')}export async function show() {\n  return [${photos.map((_, index) => `photo${index}`).join(', ')}]\n}\n`
}

function runRaw(target: string, photos: readonly string[]): Promise<Cost> {
  const job = {
    target,
    widths,
    encoders: ourEncoders,
    photos: photos.map((name) => ({ file: photoFile(name), isWideGamut: isWideGamut(name) })),
  }
  return runMeasured([join(import.meta.dirname, '../child/raw.ts'), JSON.stringify(job)], import.meta.dirname)
}
