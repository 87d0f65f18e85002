/** What was made, for people. */
import { toShownPath } from '../shown-path.ts'
import { toTable } from '../table.ts'
import { toCount, toSize } from '../units.ts'
import type { MadeFile, Picture } from './make-pictures.ts'

/** What a run did, in numbers. */
interface Totals {
  readonly photos: number
  readonly files: number
  readonly made: number
  readonly cached: number
  /** Bytes of the photos and of the files made from them. */
  readonly before: number
  readonly after: number
  readonly ms: number
}

/** Adds up; a file that several photos share counts once. */
export function toTotals(pictures: readonly Picture[], ms: number): Totals {
  const files = [...new Map(pictures.flatMap((picture) => picture.files).map((file) => [file.name, file])).values()]
  const made = files.filter(({ status }) => status === 'made').length
  return {
    photos: pictures.length,
    files: files.length,
    made,
    cached: files.length - made,
    before: sum(pictures.map(({ plan }) => plan.facts.bytes)),
    after: sum(files.map(({ bytes }) => bytes)),
    ms: Math.round(ms),
  }
}

/** One line. */
export function toSummary({ photos, files, made, cached, before, after, ms }: Totals, out: string): string {
  return (
    `${toCount(photos, 'photo')} → ${toCount(files, 'file')} (${made} made, ${cached} cached), ` +
    `${toSize(before)} → ${toSize(after)}, ${(ms / 1000).toFixed(1)} s, in ${toShownPath(out)}`
  )
}

/** All files of a picture under the name of its photo, with what the user should know. */
export function toFileTable({ plan, files }: Picture): string[] {
  const head = ['crop', 'size', 'format', 'bytes', 'time', '', 'file']
  const rows = files.map(toRow)
  return [
    toShownPath(plan.file),
    ...toTable([head, ...rows], [3, 4]).map((line) => `  ${line}`),
    ...plan.notes.map((note) => `  note: ${note}`),
  ]
}

function toRow({ crops, width, height, format, bytes, ms, status, name }: MadeFile): string[] {
  return [
    crops.join(' '),
    `${width}×${height}`,
    format,
    toSize(bytes),
    ms === undefined ? '' : `${ms} ms`,
    status,
    name,
  ]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
