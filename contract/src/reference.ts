/** What the engine plans for the photos of the forms, without any host. */
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HeroOptions } from '@hero-image/core'
import { pinCrops } from '../../packages/unplugin/test/fixtures/pins.ts'
import { createProject, type Project } from '../../packages/unplugin/test/fixtures/project.ts'
import { createReference, type Reference, testOptions } from '../../packages/unplugin/test/fixtures/reference.ts'
import type { Wish } from './forms.ts'
import { photoOf } from './photos.ts'

const { effort: _, ...untold } = testOptions

/** The options of every project: few and small files. The effort is not told, so that a host which takes a build for development is found out. */
export const contractOptions: HeroOptions = { ...untold, cache: { dir: 'image-cache' } }

/** Photos as they are after edits; by default as they were made. */
export interface Edits {
  readonly photo?: Uint8Array
  readonly sidecar?: string
  /** Where the lock pins the crops: 0 at the left edge, 1 at the right one. */
  readonly lock?: number
}

/** What the files are for: encoders hurry in development. */
export type Purpose = 'build' | 'development'

interface Opened {
  readonly folder: string
  readonly references: Readonly<Record<Purpose, Reference>>
}

let opened: Promise<Opened> | undefined

async function open(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'hero-reference-'))
  const hurried: HeroOptions = { ...contractOptions, effort: 'fast' }
  return {
    folder,
    references: { build: createReference(folder, contractOptions), development: createReference(folder, hurried) },
  }
}

/** Names by the hash of the bytes: hosts may call a file what they like, but not change it. */
const known = new Map<string, string>()

/** Names of the files that wishes must bring; `nameOf` knows their bytes from then on. */
export async function plannedNames(
  wishes: readonly Wish[],
  edits: Edits = {},
  purpose: Purpose = 'build',
): Promise<Set<string>> {
  opened ??= open()
  const { folder, references } = await opened
  const project: Project = await createProject({}, folder)
  for (const { photo, query } of wishes) {
    await project.write(photo, edits.photo ?? (await photoOf(photo)))
    if (edits.sidecar !== undefined) await project.write(`${photo}.hero.json`, edits.sidecar)
    if (edits.lock !== undefined) await pinCrops(folder, project.at(photo), query, edits.lock, contractOptions)
  }
  const files = await references[purpose].filesOf(
    ...wishes.map(({ photo, query }) => ({ file: project.at(photo), query })),
  )
  for (const [name, { bytes }] of files) known.set(hashOf(bytes), name)
  return new Set(files.keys())
}

/** The name that the engine gave these bytes, if they are those of a file that was planned. */
export function nameOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : known.get(hashOf(bytes))
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Ends the engine, if there was one. */
export async function closeReference(): Promise<void> {
  const last = await opened
  opened = undefined
  if (last === undefined) return
  await Promise.all(Object.values(last.references).map((reference) => reference.close()))
  await rm(last.folder, { recursive: true, force: true })
}
