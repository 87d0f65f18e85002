/** Between plans and the lock: what is pinned of a photo, and what would be. */
import { toRelative } from '../crop/rect.ts'
import { HeroError } from '../errors.ts'
import { toGlobPath } from '../options/photo-decisions.ts'
import {
  detectorTier,
  type HeroLock,
  type LockedCrop,
  type LockedPhoto,
  lockPath,
  roundPinned,
} from '../source/lock.ts'
import type { Analysis, Plan, PlannedCrop, Size } from '../types.ts'
import { engineVersion } from '../variant/tools.ts'

/** What the lock pins of a photo, whether the photo is still the same or not. */
export function findPinned(lock: HeroLock, root: string, file: string): LockedPhoto | undefined {
  const path = toGlobPath(root, file)
  return Object.hasOwn(lock.crops, path) ? lock.crops[path] : undefined
}

/**
 * Refuses other detectors than those whose crops are pinned: CI would crop what is new to it otherwise than the machine that wrote the lock.
 *
 * @throws HeroError HERO_LOCK_DIFFERS
 */
export function checkDetector(
  pinned: LockedPhoto | undefined,
  { facts, detector }: Pick<Analysis, 'facts' | 'detector'>,
  root: string,
  file: string,
): void {
  if (pinned === undefined || pinned.photo !== facts.hash) return
  const [here, there] = [detectorTier(detector), detectorTier(pinned.detector)]
  if (here === there) return
  const reason = `The detector here is '${here}'; ${lockPath(root)} was written with '${there}'.`
  throw new HeroError('HERO_LOCK_DIFFERS', reason, { file })
}

/**
 * What the lock would say of a photo.
 *
 * @param plans all plans of one photo, made without the lock
 */
export function toLockedPhoto(plans: readonly Plan[]): LockedPhoto | undefined {
  const [first] = plans
  if (first === undefined) return undefined
  const { facts, detector } = first
  const crops = plans.flatMap((plan) =>
    plan.crops.flatMap((crop): [string, LockedCrop][] =>
      crop.pin === undefined ? [] : [[crop.pin, toLockedCrop(crop, facts)]],
    ),
  )
  return crops.length === 0
    ? undefined
    : { photo: facts.hash, detector, engine: engineVersion(), crops: Object.fromEntries(crops) }
}

function toLockedCrop({ rect, by, kept, text }: PlannedCrop, photo: Size): LockedCrop {
  const side = text?.side ?? text?.box
  return { ...roundPinned(toRelative(photo, rect)), by, kept, ...(side === undefined ? {} : { text: side }) }
}
