/** What the engine plans for the photos of the forms, without any host. */
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

/** Names of the files that wishes must bring. */
export async function plannedNames(wishes: readonly Wish[], edits: Edits = {}): Promise<Set<string>> {
  opened ??= open()
  const { folder, reference } = await opened
  const project: Project = await createProject({}, folder)
  const names = wishes.map(async ({ photo, query }) => {
    await project.write(photo, edits.photo ?? (await photoOf(photo)))
    if (edits.sidecar !== undefined) await project.write(`${photo}.hero.json`, edits.sidecar)
    const { variants } = await reference.plan(project.at(photo), query)
    return variants.map(({ name }) => name)
  })
  return new Set((await Promise.all(names)).flat())
}

/** Ends the engine, if there was one. */
export async function closeReference(): Promise<void> {
  const last = await opened
  opened = undefined
  await last?.reference.close()
  if (last !== undefined) await rm(last.folder, { recursive: true, force: true })
}
