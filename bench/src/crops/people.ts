/** Photos with people, and all others: sets differ most in how many people they have, so figures of one set foretell another only by group. */
import { toTable } from '../text-table.ts'
import type { Annotation, PhotoSet, Predictions } from './annotations.ts'
import type { Run } from './run.ts'
import { summarize, summarizeText } from './summary.ts'

/** A set and what was run on it. */
export interface Measured {
  readonly set: PhotoSet
  readonly runs: readonly Run[]
}

/** A table over all sets together. */
export function toPeopleReport(all: readonly Measured[]): string {
  const groups = [true, false].map((wanted) => poolPhotos(all, (photo) => showsPeople(photo) === wanted))
  const methods = all[0]?.runs.map(({ method }) => method) ?? []
  const columns = ['clean', 'cut', 'headlines ok', 'their area', 'mended', 'broken']
  const names = ['with people', 'without people']
  const tables = groups.map((group, index) => {
    const rows = methods.map((method) => [method, ...figuresOf(all, group, method)])
    return `Photos ${names[index]} (${Object.keys(group.photos).length})\n\n${toTable(['method', ...columns], rows)}`
  })
  return ['## All photos, by whether they show people, in %', ...tables].join('\n\n')
}

/** A face that a person boxed, or a tag. */
function showsPeople({ faces, tags = [] }: Annotation): boolean {
  return faces.length > 0 || tags.includes('person') || tags.includes('people')
}

function poolPhotos(all: readonly Measured[], isWanted: (photo: Annotation) => boolean): PhotoSet {
  const photos = all.flatMap(({ set }) => Object.entries(set.photos).filter(([, photo]) => isWanted(photo)))
  return { name: 'all', folder: '', photos: Object.fromEntries(photos) }
}

function figuresOf(all: readonly Measured[], group: PhotoSet, method: string): string[] {
  const runs = all.flatMap(({ runs }) => runs.filter((run) => run.method === method))
  const predictions: Predictions = Object.assign({}, ...runs.map((run) => run.predictions))
  const { overall } = summarize(group, predictions)
  const text = runs.some((run) => run.text !== undefined) ? summarizeText(group, predictions) : undefined
  const shares = [overall.clean, overall.cut, text?.ok, text?.size]
  const counts = [overall.mended, overall.broken].map((count) => `${count} of ${overall.crops}`)
  return [...shares.map((share) => (share === undefined ? '' : (share * 100).toFixed(1))), ...counts]
}
