/** The lock beside what is computed today. Pure. */
import { detectorTier, type HeroLock, type LockedCrop, type LockedPhoto } from '@hero-image/core'

/** What became of one crop. */
export interface CropChange {
  /** What was asked for: `4:5`, `2:1 text=left`. */
  readonly pin: string
  readonly before?: LockedCrop
  readonly after: LockedCrop
  /** How far the edge that moved farthest moved, as a share of the photo's side, 0..1; 0 where nothing was pinned. */
  readonly shift: number
}

/** What became of one photo. `gone`: it is pinned, and there is no such file. */
export interface PhotoChange {
  /** Relative to the project's root, with slashes. */
  readonly path: string
  readonly state: 'same' | 'new' | 'moved' | 'other-photo' | 'other-detector' | 'gone'
  /** Crops that are not pinned as they are computed, new ones included. */
  readonly crops: readonly CropChange[]
  readonly before?: LockedPhoto
  readonly after?: LockedPhoto
}

/** Compares what is pinned of a photo with what is computed. */
export function comparePhoto(lock: HeroLock, path: string, after: LockedPhoto): PhotoChange {
  const before = Object.hasOwn(lock.crops, path) ? lock.crops[path] : undefined
  const crops = Object.entries(after.crops).flatMap(([pin, crop]): CropChange[] => {
    const pinned = before !== undefined && Object.hasOwn(before.crops, pin) ? before.crops[pin] : undefined
    if (pinned === undefined) return [{ pin, after: crop, shift: 0 }]
    const shift = toShift(pinned, crop)
    return shift === 0 && before?.photo === after.photo ? [] : [{ pin, before: pinned, after: crop, shift }]
  })
  return { path, state: stateOf(before, after, crops), crops, after, ...(before === undefined ? {} : { before }) }
}

function stateOf(
  before: LockedPhoto | undefined,
  after: LockedPhoto,
  crops: readonly CropChange[],
): PhotoChange['state'] {
  if (before === undefined) return 'new'
  if (before.photo !== after.photo) return 'other-photo'
  if (detectorTier(before.detector) !== detectorTier(after.detector)) return 'other-detector'
  if (crops.some((crop) => crop.before !== undefined)) return 'moved'
  return crops.length > 0 ? 'new' : 'same'
}

function toShift(a: LockedCrop, b: LockedCrop): number {
  const edges = ({ x, y, width, height }: LockedCrop): number[] => [x, y, x + width, y + height]
  const others = edges(b)
  return Math.max(...edges(a).map((edge, index) => Math.abs(edge - (others[index] ?? edge))))
}

/** The lock with crops that are not pinned yet; what is pinned stays. */
export function addPins(lock: HeroLock, photos: ReadonlyMap<string, LockedPhoto>): HeroLock {
  const crops = { ...lock.crops }
  for (const [path, after] of photos) {
    const before = Object.hasOwn(crops, path) ? crops[path] : undefined
    if (before === undefined) crops[path] = after
    else if (isComparable(before, after)) crops[path] = { ...before, crops: { ...after.crops, ...before.crops } }
  }
  return { ...lock, crops }
}

/** The lock with crops as they are computed now, without photos that are gone. */
export function acceptPins(
  lock: HeroLock,
  photos: ReadonlyMap<string, LockedPhoto>,
  gone: readonly string[],
): HeroLock {
  const crops = Object.fromEntries(Object.entries(lock.crops).filter(([path]) => !gone.includes(path)))
  for (const [path, after] of photos) {
    const before = Object.hasOwn(crops, path) ? crops[path] : undefined
    // Crops of imports that were not asked for today stay pinned, as long as they are of this photo.
    const others = before !== undefined && isComparable(before, after) ? before.crops : {}
    crops[path] = { ...after, crops: { ...others, ...after.crops } }
  }
  return { ...lock, crops }
}

function isComparable(before: LockedPhoto, after: LockedPhoto): boolean {
  return before.photo === after.photo && detectorTier(before.detector) === detectorTier(after.detector)
}
