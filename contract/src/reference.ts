/** What the engine plans for the photos of the forms, without any host. */
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HeroOptions } from '@hero-image/core'
import { createProject, type Project } from '../../packages/unplugin/test/fixtures/project.ts'
import { createReference, type Reference, testOptions } from '../../packages/unplugin/test/fixtures/reference.ts'
import type { Wish } from './forms.ts'
import { photoOf } from './photos.ts'

/** The options of every project: few and small files. */
export const contractOptions: HeroOptions = { ...testOptions, cache: { dir: 'image-cache' } }

/** Photos as they are after edits; by default as they were made. */
export interface Edits {
  readonly photo?: Uint8Array
  readonly sidecar?: string
}

let opened: Promise<{ folder: string; reference: Reference }> | undefined

async function open(): Promise<{ folder: string; reference: Reference }> {
  const folder = await mkdtemp(join(tmpdir(), 'hero-reference-'))
  return { folder, reference: createReference(folder) }
}

/** Names by the hash of the bytes: hosts may call a file what they like, but not change it. */
const known = new Map<string, string>()

/** Names of the files that wishes must bring; `nameOf` knows their bytes from then on. */
export async function plannedNames(wishes: readonly Wish[], edits: Edits = {}): Promise<Set<string>> {
  opened ??= open()
  const { folder, reference } = await opened
  const project: Project = await createProject({}, folder)
  for (const { photo } of wishes) {
    await project.write(photo, edits.photo ?? (await photoOf(photo)))
    if (edits.sidecar !== undefined) await project.write(`${photo}.hero.json`, edits.sidecar)
  }
  const files = await reference.filesOf(...wishes.map(({ photo, query }) => ({ file: project.at(photo), query })))
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
  await last?.reference.close()
  if (last !== undefined) await rm(last.folder, { recursive: true, force: true })
}
