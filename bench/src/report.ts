/** The results as text for people. */
import { mean, median, medianCost, medianRatio } from './measure/statistics.ts'
import { type Output, totalBytes } from './outputs.ts'
import type { BuildResults, BuildRun } from './parts/builds.ts'
import type { DevResults, DevTimes } from './parts/dev.ts'
import type { Growth } from './parts/growth.ts'
import type { HostCosts } from './parts/hosts.ts'
import type { Machine, Quality, Results } from './results.ts'
import { judge } from './targets.ts'
import { toTable } from './text-table.ts'
import { formats } from './work.ts'

/** All tables of a run, and the targets last. */
export function toReport(results: Results): string {
  const { machine, builds, quality, dev, growth, hosts } = results
  const targets = judge(results).map(({ name, wanted, measured, isReached }) => [
    name,
    wanted,
    measured,
    isReached ? 'reached' : 'MISSED',
  ])
  const sections = [
    aboutMachine(machine),
    ...(builds === undefined ? [] : [aboutBuilds(builds), aboutBytes(builds)]),
    ...(quality ?? []).map(aboutQuality),
    ...(dev === undefined ? [] : [aboutDev(dev)]),
    ...(growth === undefined ? [] : [aboutGrowth(growth)]),
    ...(hosts === undefined ? [] : [aboutHosts(hosts)]),
    ...(targets.length === 0 ? [] : [toTable(['target', 'wanted', 'measured', ''], targets)]),
  ]
  return `${sections.join('\n\n')}\n`
}

function aboutMachine({ date, cpu, cores, memory, system, node, sharp, libvips }: Machine): string {
  return (
    `${date.slice(0, 10)}, ${cpu.trim()}, ${cores} cores, ${(memory / 2 ** 30).toFixed(0)} GiB, ${system}, ` +
    `Node ${node}, sharp ${sharp}, libvips ${libvips}`
  )
}

/** Runs that make all pictures, as the raw script does. */
const drawsAll: ReadonlySet<BuildRun> = new Set(['ours cold', 'imagetools cold', 'raw script', 'ours, analyses known'])

function aboutBuilds({ costs }: BuildResults): string {
  const runs = Object.keys(costs).filter((run): run is BuildRun => run in costs)
  const raw = costs['raw script']
  const rows = runs.map((run) => {
    const { wall, cpu, memory } = medianCost(costs[run])
    const floor = drawsAll.has(run) ? medianRatio(costs[run], raw, 'cpu').toFixed(2) : ''
    return [run, String(costs[run].length), wall.toFixed(2), cpu.toFixed(2), floor, toMegabytes(memory)]
  })
  const table = toTable(['build', 'runs', 'wall s', 'CPU s', 'CPU ÷ raw', 'peak MB'], rows)
  return `Builds: medians of all runs, ratios run by run; memory is the sum of RSS over the process tree, sampled every 50 ms.\n\n${table}`
}

function aboutBytes({ outputs: { ours, imagetools, raw } }: BuildResults): string {
  const row = (name: string, bytes: (outputs: readonly Output[]) => number): string[] => [
    name,
    (bytes(ours) / 1e3).toFixed(0),
    (bytes(imagetools) / 1e3).toFixed(0),
    (bytes(raw) / 1e3).toFixed(0),
    (bytes(ours) / bytes(imagetools)).toFixed(3),
  ]
  const rows = formats.map((format) => row(format, (outputs) => totalBytes(outputs, format)))
  const all = row(`all ${ours.length} / ${imagetools.length} / ${raw.length} files`, (outputs) => totalBytes(outputs))
  return toTable(['kB at default quality', 'ours', 'imagetools', 'raw script', 'ours ÷ imagetools'], [...rows, all])
}

function aboutQuality({ scorer, unit, scores, equal }: Quality): string {
  const rows = equal.map((each) => {
    const scoreOf = (tool: 'ours' | 'imagetools'): number =>
      mean(scores[tool].filter(({ format }) => format === each.format).map(({ score }) => score))
    return [
      each.format,
      scoreOf('ours').toFixed(2),
      scoreOf('imagetools').toFixed(2),
      String(each.ourQuality),
      each.equalQuality?.toFixed(1) ?? 'outside',
      each.equalBytes?.toFixed(3) ?? '',
      each.equalCpu?.toFixed(2) ?? '',
    ]
  })
  const head = ['mean score', 'ours', 'imagetools', 'our quality', 'equal at', 'bytes then', 'CPU then']
  return (
    `Quality by ${scorer} (${unit}, higher is better), all widths; the last three columns at 1280 px: our quality number of equal mean score, ` +
    `our bytes ÷ theirs there, our CPU there ÷ our CPU now.\n\n${toTable(head, rows)}`
  )
}

function aboutDev({ cold, warm }: DevResults): string {
  const row = (name: string, times: readonly DevTimes[]): string[] => {
    const of = (key: keyof DevTimes): string => median(times.map((each) => each[key])).toFixed(2)
    return [name, of('up'), of('imported'), of('firstPicture'), of('again')]
  }
  const rows = [
    row('ours, no cache', cold.ours),
    row('imagetools, no cache', cold.imagetools),
    row('ours, started again', warm.ours),
    row('imagetools, started again', warm.imagetools),
  ]
  const head = [
    'dev server, 24 MP, seconds',
    'start to up',
    'up to import',
    'up to first picture',
    'same picture again',
  ]
  return toTable(head, rows)
}

function aboutGrowth(growth: readonly Growth[]): string {
  const rows = growth.map(({ work, photos, cost, files, bytes }) => [
    work === 'same' ? `${photos} photos, as above` : `${photos} photos, 320 and 640 px, fast`,
    String(files),
    cost.wall.toFixed(1),
    cost.cpu.toFixed(1),
    toMegabytes(cost.memory),
    toMegabytes(bytes),
  ])
  return toTable(['ours, growth', 'files', 'wall s', 'CPU s', 'peak MB', 'shipped MB'], rows)
}

function aboutHosts(hosts: readonly HostCosts[]): string {
  const rows = hosts.map(({ host, without, cold, raw }) => {
    const added = cold.map(({ cpu }, round) => cpu - (without[round]?.cpu ?? Number.NaN))
    const floor = raw.map(({ cpu }) => cpu)
    return [
      host,
      medianCost(without).cpu.toFixed(2),
      medianCost(cold).cpu.toFixed(2),
      median(floor).toFixed(2),
      median(added.map((cpu, round) => cpu - (floor[round] ?? Number.NaN))).toFixed(2),
      median(added.map((cpu, round) => cpu / (floor[round] ?? Number.NaN))).toFixed(2),
      medianCost(cold).wall.toFixed(2),
    ]
  })
  const head = ['CPU seconds, 2 photos', 'without them', 'cold', 'raw script', 'overhead', 'added ÷ raw', 'wall cold']
  return `Hosts: the same project without and with the imports. Overhead: what the imports add, less the raw script's encodes of the same files.\n\n${toTable(head, rows)}`
}

function toMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
