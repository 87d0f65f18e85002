/** The sidecar of a photo on disk: the only file that the studio writes. */
import { createHash } from 'node:crypto'
import { lstat, readFile, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { parseSidecar, type Sidecar, saveSidecar, sidecarPath } from '@hero-image/core'
import { Refused } from './refused.ts'

/** A sidecar as it lies on disk. */
export interface StoredSidecar {
  readonly sidecar: Sidecar
  /** Names the text: equal versions, equal text. */
  readonly version: string
}

/** The version of a text; a file that is not there has one too. */
function versionOf(text: string | undefined): string {
  return text === undefined ? 'none' : createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** The version of the sidecar that lies on disk now. */
export async function readVersion(photo: string): Promise<string> {
  return versionOf(await readText(photo))
}

/** @throws HeroError HERO_INVALID_SIDECAR */
export async function readStored(photo: string): Promise<StoredSidecar> {
  const text = await readText(photo)
  const sidecar = text === undefined ? {} : parseSidecar(text, sidecarPath(photo))
  return { sidecar, version: versionOf(text) }
}

/**
 * Why the sidecar of a photo may not be written, or `undefined` when it may: it would lie outside of the project, or where packages are installed.
 * Symbolic links count as what they lead to.
 *
 * @param root absolute path of the project
 */
export async function refuseSave(photo: string, root: string): Promise<string | undefined> {
  const [home, folder] = await Promise.all([realpath(root), realpath(dirname(photo))])
  const inside = relative(home, folder)
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    return 'This photo lies outside of the project: its sidecar belongs to the project it lies in.'
  }
  if (inside.split(sep).includes('node_modules')) {
    return 'This photo belongs to an installed package: a sidecar there would be gone with the next install.'
  }
  const file = await lstat(join(folder, basename(sidecarPath(photo)))).catch(() => undefined)
  return file === undefined || file.isFile() ? undefined : 'The sidecar is a link or no file: change it where it lies.'
}

const saving = new Map<string, Promise<unknown>>()

/**
 * Writes the sidecar, complete or not at all, if the one on disk is still the one that the page has seen.
 *
 * @param version of the sidecar that the page started from
 * @throws Refused 403, 409; HeroError HERO_INVALID_SIDECAR
 */
export function saveStored(photo: string, root: string, sidecar: Sidecar, version: string): Promise<StoredSidecar> {
  // One after the other: between reading the version and writing nobody else of this server comes in.
  const turn = (saving.get(photo) ?? Promise.resolve()).then(() => save(photo, root, sidecar, version))
  const settled = turn.catch(() => undefined)
  saving.set(photo, settled)
  return turn
}

async function save(photo: string, root: string, sidecar: Sidecar, version: string): Promise<StoredSidecar> {
  const reason = await refuseSave(photo, root)
  if (reason !== undefined) throw new Refused(403, reason)
  if ((await readVersion(photo)) !== version) {
    throw new Refused(409, 'The sidecar was changed by somebody else since this page read it.')
  }
  await saveSidecar(photo, sidecar)
  return readStored(photo)
}

async function readText(photo: string): Promise<string | undefined> {
  try {
    return await readFile(sidecarPath(photo), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
