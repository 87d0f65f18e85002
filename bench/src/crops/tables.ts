/** Results as tables. */
import { toTable } from '../text-table.ts'
import type { PhotoSet } from './annotations.ts'
import { ratios } from './ratios.ts'
import type { Run } from './run.ts'
import type { Summary } from './summary.ts'

/** Figures of a note on another set, for orientation only: 58 photos that were never tuned on, not in this repository. */
const quoted: readonly (readonly string[])[] = [
  ['centre', '82.2', '95.2', '80.1', '84.4', '32.1', '62.1', '', ''],
  ['sharp attention', '77.7', '89.8', '73.6', '77.6', '33.7', '48.9', '34', '80'],
  ['sharp entropy', '80.4', '93.0', '75.5', '79.5', '34.7', '54.9', '41', '66'],
  ['smartcrop', '79.5', '92.0', '79.2', '83.4', '34.7', '53.2', '39', '70'],
  ['prototype, saliency only', '83.0', '96.1', '83.3', '87.8', '25.8', '68.1', '46', '25'],
  ['prototype, saliency + faces', '82.6', '95.5', '90.3', '95.1', '25.3', '71.0', '61', '30'],
  ['prototype, + person mask', '84.0', '97.0', '90.3', '95.1', '13.7', '79.3', '84', '24'],
  ['same placement, perfect boxes', '86.5', '99.8', '94.9', '100', '0.0', '94.0', '114', '3'],
]

const percent = (value: number): string => (Number.isNaN(value) ? '-' : (value * 100).toFixed(1))

/** Everything that was measured on one set. */
export function toReport(set: PhotoSet, runs: readonly Run[]): string {
  const count = Object.keys(set.photos).length
  const head = [
    'method',
    'recall',
    'norm',
    'faces',
    'faceOK',
    'focus',
    'cut',
    'tight',
    'clean',
    'size',
    'mended',
    'broken',
    'CPU ms',
  ]
  const rows = runs.map(({ method, summary: { overall }, cpu }) => [
    method,
    ...[overall.recall, overall.norm, overall.faces, overall.facesHoldable, overall.focus].map(percent),
    ...[overall.cut, overall.tight, overall.clean, overall.size].map(percent),
    String(overall.mended),
    String(overall.broken),
    cpu.toFixed(0),
  ])
  const texts = runs.flatMap(({ method, text }) =>
    text === undefined
      ? []
      : [[method, percent(text.ok), percent(text.size), percent(text.lost), percent(text.bestLost)]],
  )
  return [
    `## ${set.name}: ${count} photos, ${count * ratios.length} crops, in %`,
    toTable(head, rows),
    `Clean by ratio\n\n${toTable(
      ['method', ...ratios],
      byGroup(runs, ratios, ({ byRatio }) => byRatio),
    )}`,
    tagTable(set, runs),
    ...(texts.length === 0
      ? []
      : [`Headlines over one side\n\n${toTable(['method', 'ok', 'mean area', 'lost', 'least possible'], texts)}`]),
  ].join('\n\n')
}

function tagTable(set: PhotoSet, runs: readonly Run[]): string {
  const counts = Object.entries(runs[0]?.summary.byTag ?? {}).map(
    ([tag, { crops }]) => [tag, crops / ratios.length] as const,
  )
  const tags = counts.filter(([, photos]) => photos >= 2).sort((a, b) => b[1] - a[1])
  if (tags.length === 0) return `No photo of ${set.name} has a tag.`
  const head = ['method', ...tags.map(([tag, photos]) => `${tag} (${photos})`)]
  return `Clean by tag (photos)\n\n${toTable(
    head,
    byGroup(
      runs,
      tags.map(([tag]) => tag),
      ({ byTag }) => byTag,
    ),
  )}`
}

function byGroup(
  runs: readonly Run[],
  names: readonly string[],
  groupsOf: (summary: Run['summary']) => Readonly<Record<string, Summary>>,
): string[][] {
  return runs.map(({ method, summary }) => [
    method,
    ...names.map((name) => percent(groupsOf(summary)[name]?.clean ?? Number.NaN)),
  ])
}

/** The earlier figures, said to be of another set. */
export function toQuoted(): string {
  const head = ['quoted', 'recall', 'norm', 'faces', 'faceOK', 'cut', 'clean', 'mended', 'broken']
  return `## For orientation: figures of another set (58 photos, 348 crops), not measured here\n\n${toTable(head, quoted)}`
}
