/** `npm run bench`: measures, prints tables, writes all numbers to `results/<time>.json`. A missed target is no failure. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Flags, parseFlags, usage } from './flags.ts'
import { type BuildResults, measureBuilds } from './parts/builds.ts'
import { measureDev } from './parts/dev.ts'
import { findEqualScores } from './parts/equal-score.ts'
import { measureGrowth } from './parts/growth.ts'
import { measureHosts } from './parts/hosts.ts'
import { ordinaryPhoto, photoNames } from './photos.ts'
import { inTemporaryFolder } from './project.ts'
import { toReport } from './report.ts'
import { describeMachine, type Quality, type Results } from './results.ts'
import { scoreOutputs } from './score/score-outputs.ts'
import { findSsimulacra2, type Scorer, standIn } from './score/scorer.ts'

/** Width at which equal scores are looked for, px. */
const equalWidth = 1280

const log = (line: string): void => void process.stderr.write(`${line}\n`)

const flags = readFlags()
if (flags === undefined) process.exitCode = 1
else {
  const results = await inTemporaryFolder((folder) => measure(folder, flags))
  const target = join(import.meta.dirname, '../results')
  await mkdir(target, { recursive: true })
  const file = join(target, `${results.machine.date.replaceAll(':', '-')}.json`)
  await writeFile(file, `${JSON.stringify(results, undefined, 2)}\n`)
  process.stdout.write(`\n${toReport(results)}\nAll numbers: ${file}\n`)
}

function readFlags(): Flags | undefined {
  try {
    return parseFlags(process.argv.slice(2))
  } catch (error) {
    log(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    return undefined
  }
}

async function measure(folder: string, { rounds, quick, parts }: Flags): Promise<Results> {
  const photos = quick ? photoNames.slice(0, 2) : photoNames
  // Quality is judged on pictures that have to be built first.
  const needsBuilds = parts.includes('builds') || parts.includes('quality')
  const buildRounds = parts.includes('builds') ? rounds : 1
  const builds = needsBuilds
    ? await measureBuilds(folder, { photos, rounds: buildRounds, changed: ordinaryPhoto, log })
    : undefined
  const dev = parts.includes('dev') ? await measureDev(folder, { rounds, log }) : undefined
  const growth = parts.includes('growth')
    ? await measureGrowth(folder, { counts: quick ? [2, 6] : [6, 24, 96], log })
    : undefined
  const hosts = parts.includes('hosts')
    ? await measureHosts(folder, { photos: photoNames.slice(0, 2), rounds, log })
    : undefined
  const quality = builds !== undefined && parts.includes('quality') ? await judgeQuality(folder, builds) : undefined
  return {
    machine: describeMachine(),
    ...(builds === undefined ? {} : { builds }),
    ...(quality === undefined ? {} : { quality }),
    ...(dev === undefined ? {} : { dev }),
    ...(growth === undefined ? {} : { growth }),
    ...(hosts === undefined ? {} : { hosts }),
  }
}

async function judgeQuality(folder: string, { outputs }: BuildResults): Promise<Quality[]> {
  const ssimulacra2 = findSsimulacra2(folder)
  if (ssimulacra2 === undefined) log('SSIMULACRA 2 is left out: neither ssimulacra2 nor ssimulacra2_main is on PATH.')
  const scorers: Scorer[] = ssimulacra2 === undefined ? [standIn] : [ssimulacra2, standIn]
  const quality: Quality[] = []
  for (const scorer of scorers) {
    log(`scoring by ${scorer.name}`)
    const scores = {
      ours: await scoreOutputs(outputs.ours, 'ours', scorer),
      imagetools: await scoreOutputs(outputs.imagetools, 'imagetools', scorer),
    }
    const equal = await findEqualScores(outputs.imagetools, { width: equalWidth, scorer, log })
    quality.push({ scorer: scorer.name, unit: scorer.unit, scores, equal })
  }
  return quality
}
