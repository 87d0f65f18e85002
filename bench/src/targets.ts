/** What is to be reached, and whether a run reached it. */
import { median, medianCost, medianRatio } from './measure/statistics.ts'
import { totalBytes } from './outputs.ts'
import type { BuildResults } from './parts/builds.ts'
import type { DevResults } from './parts/dev.ts'
import type { Growth } from './parts/growth.ts'
import type { Quality, Results } from './results.ts'

/** One target with what was measured. */
export interface Target {
  readonly name: string
  readonly wanted: string
  readonly measured: string
  readonly isReached: boolean
}

/** All targets that the run has numbers for. */
export function judge({ builds, quality, dev, growth }: Results): Target[] {
  return [
    ...(builds === undefined ? [] : judgeBuilds(builds)),
    ...(quality?.[0] === undefined ? [] : judgeQuality(quality[0])),
    ...(dev === undefined ? [] : judgeDev(dev)),
    ...(growth === undefined ? [] : judgeGrowth(growth)),
  ]
}

function judgeBuilds({ costs, outputs }: BuildResults): Target[] {
  const ratio = (above: keyof typeof costs, below: keyof typeof costs, key: 'wall' | 'cpu'): number =>
    medianRatio(costs[above], costs[below], key)
  const warmWall = ratio('ours warm', 'imagetools warm', 'wall')
  return [
    atMost('CPU, cold build ÷ vite-imagetools', ratio('ours cold', 'imagetools cold', 'cpu'), 0.3),
    atMost(
      'bytes ÷ vite-imagetools, both at their defaults',
      totalBytes(outputs.ours) / totalBytes(outputs.imagetools),
      1.04,
    ),
    atMost('CPU, analyses known ÷ raw script', ratio('ours, analyses known', 'raw script', 'cpu'), 1.05),
    atMost('CPU, cold build ÷ raw script', ratio('ours cold', 'raw script', 'cpu'), 1.15),
    atMost('memory of the cold build, GB', medianCost(costs['ours cold']).memory / 1e9, 0.6),
    atMost('time, warm rebuild ÷ vite-imagetools', warmWall, 1),
    atMost(
      'time, one photo changed ÷ vite-imagetools',
      ratio('ours, one photo changed', 'imagetools, one photo changed', 'wall'),
      0.3,
    ),
  ]
}

function judgeQuality({ scorer, equal }: Quality): Target[] {
  const theirs = equal.reduce((sum, { theirBytes }) => sum + theirBytes, 0)
  const ours = equal.reduce((sum, { theirBytes, equalBytes = Number.NaN }) => sum + theirBytes * equalBytes, 0)
  return [
    atMost(`bytes ÷ vite-imagetools at equal ${scorer}`, ours / theirs, 1.04),
    ...equal.map(({ format, equalBytes }) => atMost(`the same, ${format} alone`, equalBytes ?? Number.NaN, 1.04)),
  ]
}

function judgeDev({ cold }: DevResults): Target[] {
  const first = cold.imagetools.map(({ firstPicture }, round) => firstPicture / (cold.ours[round]?.firstPicture ?? 0))
  const encoded = Math.max(...cold.ours.map(({ encodedByImport }) => encodedByImport))
  const sooner = median(first)
  return [
    atMost('files encoded by importing a photo in dev', encoded, 0),
    {
      name: 'dev, first picture of 24 MP sooner by',
      wanted: '≥ 10 ×',
      measured: `${sooner.toFixed(1)} ×`,
      isReached: sooner >= 10,
    },
  ]
}

function judgeGrowth(all: readonly Growth[]): Target[] {
  const growth = all.filter(({ work }) => work === 'same')
  const [first, last] = [growth[0], growth.at(-1)]
  if (first === undefined || last === undefined || first === last) return []
  const memory = (last.cost.memory - first.cost.memory) / 1e6
  const bytes = (last.bytes - first.bytes) / 1e6
  return [
    {
      name: `memory growth from ${first.photos} to ${last.photos} photos`,
      wanted: `≤ ${bytes.toFixed(0)} MB, the bytes shipped`,
      measured: `${memory.toFixed(0)} MB`,
      isReached: memory <= bytes,
    },
  ]
}

function atMost(name: string, measured: number, limit: number): Target {
  return { name, wanted: `≤ ${limit}`, measured: `${Number(measured.toFixed(3))}`, isReached: measured <= limit }
}
