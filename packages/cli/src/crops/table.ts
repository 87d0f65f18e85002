/** Changes of crops as lines for people. */
import { detectorTier, type LockedCrop } from '@hero-image/core'
import { toTable } from '../table.ts'
import type { CropChange, PhotoChange } from './compare.ts'

const states: Readonly<Record<PhotoChange['state'], string>> = {
  same: 'as pinned',
  new: 'not pinned yet',
  moved: 'placed otherwise than pinned',
  'other-photo': 'pinned for an earlier version of this photo',
  'other-detector': 'pinned with another detector',
  gone: 'pinned, but there is no such photo',
}

/** A block per photo: what happened to it, and its crops before and after. */
export function toChangeTable(changes: readonly PhotoChange[]): string[] {
  return changes.flatMap(({ path, state, crops, before, after }) => {
    const [old, now] = [before, after].map((photo) => detectorTier(photo?.detector ?? ''))
    const detectors = state === 'other-detector' ? ` (${old} → ${now})` : ''
    const rows = crops.map(toRow)
    const head = ['crop', 'before', 'after', 'shift', 'keeps', 'by']
    return [
      `${path}: ${states[state]}${detectors}`,
      ...(rows.length === 0 ? [] : toTable([head, ...rows], [3]).map((line) => `  ${line}`)),
    ]
  })
}

function toRow({ pin, before, after, shift }: CropChange): string[] {
  return [
    pin,
    before === undefined ? 'not pinned' : toPlace(before),
    toPlace(after),
    before === undefined ? '' : `${toPercent(shift)}`,
    before === undefined ? toPercent(after.kept) : `${toPercent(before.kept)} → ${toPercent(after.kept)}`,
    before === undefined || before.by === after.by ? after.by : `${before.by} → ${after.by}`,
  ]
}

function toPlace({ x, y, width, height }: LockedCrop): string {
  const short = (value: number): string => String(Math.round(value * 1000) / 1000)
  return `${short(x)},${short(y)} to ${short(x + width)},${short(y + height)}`
}

function toPercent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}
