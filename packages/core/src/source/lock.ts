/** `hero.lock.json` at the project's root: crops as they were computed once, so that an update of the engine changes no site silently. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { HeroError } from '../errors.ts'
import { textZone } from '../options/decision-schema.ts'
import { once } from '../options/once.ts'
import { nearestKey, toReason } from '../options/option-error.ts'
import type { RelativeRect, TextZone } from '../types.ts'

/** A crop as it was computed, relative to the photo. */
export interface LockedCrop extends RelativeRect {
  /** What placed it then, such as `faces`. */
  readonly by: string
  /** Share of the subject it keeps, 0..1. */
  readonly kept: number
  /** Which side was chosen for the headline, where one was asked for. */
  readonly text?: TextZone
}

/** The pinned crops of one photo. */
export interface LockedPhoto {
  /** SHA-256 of the photo; pinned crops hold for these bytes only. */
  readonly photo: string
  /** The detectors that had looked at it, with their versions. */
  readonly detector: string
  /** Version of the engine that placed the crops. */
  readonly engine: string
  /** By what was asked for: `4:5`, `2:1 text=left`. */
  readonly crops: Readonly<Record<string, LockedCrop>>
}

/** The whole file. Sections that this version does not know are kept as they are. */
export interface HeroLock {
  readonly version: 1
  /** By path of the photo, relative to the project's root, with slashes. */
  readonly crops: Readonly<Record<string, LockedPhoto>>
  readonly [section: string]: unknown
}

/** A lock without anything in it. */
export const emptyLock: HeroLock = { version: 1, crops: {} }

// As in sidecar.ts: most projects have no lock.
const schema = once(() => {
  const share = z.number().check(z.minimum(0), z.maximum(1))
  const lockedPhoto = z.strictObject({
    photo: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex')),
    detector: z.string(),
    engine: z.string(),
    crops: z.record(
      z.string(),
      z.strictObject({
        x: share,
        y: share,
        width: share.check(z.positive()),
        height: share.check(z.positive()),
        by: z.string(),
        kept: share,
        text: z.exactOptional(textZone),
      }),
    ),
  })
  return z.looseObject({
    version: z.literal(1, { error: 'this lock was written by a later version of Hero Image; update the packages' }),
    crops: z._default(z.record(z.string(), lockedPhoto), {}),
  })
})

/** Where the lock of a project lies, whether it exists or not. */
export function lockPath(root: string): string {
  return join(root, 'hero.lock.json')
}

/** Parses the text of a lock. @throws HeroError HERO_INVALID_LOCK */
export function parseLock(text: string, file: string): HeroLock {
  if (/^<{7} /m.test(text)) {
    throw new HeroError('HERO_INVALID_LOCK', 'Two versions of the lock were merged and both are in it.', {
      file,
      hint: 'Take one of them (git checkout --ours hero.lock.json), then pin what is missing: hero-image crops lock.',
    })
  }
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new HeroError('HERO_INVALID_LOCK', 'The lock is not valid JSON.', { file, cause })
  }
  const parsed = schema().safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const hint = nearestKey(schema(), issue)
  throw new HeroError('HERO_INVALID_LOCK', `At ${issue?.path.join('.') || 'the top level'}: ${toReason(issue)}.`, {
    file,
    ...(hint === undefined ? {} : { hint }),
  })
}

/** Who looked, without versions: `face_detection, selfie_segmentation`, `none`. An update of a detector keeps its tier; another detector does not. */
export function detectorTier(detector: string): string {
  const names = detector.split(', ').map((each) => each.replace(/ .*$/, ''))
  return names.filter((name) => name !== 'finder').join(', ')
}

/** A rectangle as the lock writes it: six decimals name the pixel in every photo that can be read, so pinning renames no file. */
export function roundPinned({ x, y, width, height }: RelativeRect): RelativeRect {
  const short = (value: number): number => Math.round(value * 1e6) / 1e6
  return { x: short(x), y: short(y), width: short(width), height: short(height) }
}

/** The text of a lock: photos by path, crops by name, a line for each crop. */
export function formatLock({ version, crops, ...sections }: HeroLock): string {
  const photos = sorted(crops).map(([path, { photo, detector, engine, crops: pinned }]) => {
    const lines = sorted(pinned).map(([name, crop]) => `        ${JSON.stringify(name)}: ${toLine(crop)}`)
    return [
      `    ${JSON.stringify(path)}: {`,
      `      "photo": ${JSON.stringify(photo)},`,
      `      "detector": ${JSON.stringify(detector)},`,
      `      "engine": ${JSON.stringify(engine)},`,
      `      "crops": {\n${lines.join(',\n')}\n      }`,
      '    }',
    ].join('\n')
  })
  const parts = [
    `  "version": ${version}`,
    photos.length === 0 ? '  "crops": {}' : `  "crops": {\n${photos.join(',\n')}\n  }`,
    ...Object.entries(sections).map(
      ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value, undefined, 2).replaceAll('\n', '\n  ')}`,
    ),
  ]
  return `{\n${parts.join(',\n')}\n}\n`
}

function toLine({ x, y, width, height, by, kept, text }: LockedCrop): string {
  const fields = { ...roundPinned({ x, y, width, height }), by, kept, text }
  const pairs = Object.entries(fields).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  return `{ ${pairs.filter((pair) => !pair.endsWith(' undefined')).join(', ')} }`
}

function sorted<T>(table: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(table).sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
}

/** Reads the lock of a project; an empty one when there is none. @throws HeroError HERO_INVALID_LOCK */
export async function readLock(root: string): Promise<HeroLock> {
  const file = lockPath(root)
  try {
    return parseLock(await readFile(file, 'utf8'), file)
  } catch (cause) {
    if (cause instanceof HeroError) throw cause
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return emptyLock
    throw new HeroError('HERO_INVALID_LOCK', `The lock cannot be read (${String(code)}).`, {
      file,
      hint: 'Check the permissions of the file.',
      cause,
    })
  }
}

/** Reads the lock of a project again only when the file has changed: every import asks. */
export function createLockReader(root: string): () => Promise<HeroLock> {
  let known: { readonly stamp: string; readonly lock: Promise<HeroLock> } | undefined
  return async () => {
    const facts = await stat(lockPath(root)).catch(() => undefined)
    const stamp = facts === undefined ? 'none' : [facts.size, facts.mtimeMs, facts.ino].join()
    if (known?.stamp !== stamp) known = { stamp, lock: readLock(root) }
    return known.lock
  }
}
