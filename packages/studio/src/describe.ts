/** Everything the page needs about one photo: facts, subject, the crops of each use, what they ask for, and the sidecar. */
import {
  isHeroError,
  openWarnings,
  type Plan,
  type PlannedCrop,
  parseQuery,
  readLock,
  resolveRequest,
  type SourceFacts,
  toGlobPath,
  warningTexts,
} from '@hero-image/core'
import { toRelative } from '@hero-image/core/crop'
import { type Photo, toListedUse } from './photos.ts'
import { pictureUrl } from './picture.ts'
import type { StudioProject, Use } from './project.ts'
import { readStored, readVersion, refuseSave, type StoredSidecar } from './sidecar-file.ts'
import type { PhotoDetails, PlannedUse, ShownCrop, UsedCrop } from './wire.ts'

/** @throws HeroError when the photo itself cannot be read */
export async function describePhoto({ engine }: StudioProject, photo: Photo): Promise<PhotoDetails> {
  const { root } = engine.options
  const { facts, subject, preview } = await engine.analyse(photo.file)
  const [stored, lock, savingProblem, uses] = await Promise.all([
    readSidecarOf(photo.file),
    readLock(root),
    refuseSave(photo.file, root),
    Promise.all(photo.uses.map((use) => planUse(use, engine, facts))),
  ])
  const path = toGlobPath(root, photo.file)
  const locked = Object.hasOwn(lock.crops, path) ? lock.crops[path] : undefined
  return {
    path: photo.path,
    width: facts.width,
    height: facts.height,
    hash: facts.hash,
    subject,
    preview,
    uses,
    requests: facts.format === 'svg' ? [] : toRequests(photo, engine),
    ...stored,
    ...(locked === undefined ? {} : { locked }),
    ...(savingProblem === undefined ? {} : { savingProblem }),
    thumbnail: pictureUrl(photo.path, 'thumbnail', facts.hash),
    picture: pictureUrl(photo.path, 'picture', facts.hash),
  }
}

async function readSidecarOf(file: string): Promise<StoredSidecar & { readonly sidecarProblem?: string }> {
  try {
    return await readStored(file)
  } catch (error) {
    if (!isHeroError(error)) throw error
    return { sidecar: {}, version: await readVersion(file), sidecarProblem: `${error.reason} ${error.hint}` }
  }
}

async function planUse(use: Use, engine: StudioProject['engine'], facts: SourceFacts): Promise<PlannedUse> {
  const listed = toListedUse(engine.options.root, use)
  try {
    const plan: Plan = await engine.plan(use.file, use.query)
    const crops = plan.crops.map((crop) => toShown(crop, facts))
    return { ...listed, preset: plan.preset, crops, notes: plan.notes }
  } catch (error) {
    if (!isHeroError(error)) throw error
    return { ...listed, crops: [], notes: [], problem: `${error.reason} ${error.hint}` }
  }
}

function toShown(crop: PlannedCrop, facts: SourceFacts): ShownCrop {
  const { name, media, ratio, by, confidence, kept, reason, warnings, rect } = crop
  return {
    name,
    ...(media === undefined ? {} : { media }),
    ratio,
    by,
    confidence,
    kept,
    reason,
    warnings,
    rect: toRelative(facts, rect),
    open: openWarnings(crop).map((warning) => warningTexts[warning]),
  }
}

/** Each crop once: two imports that ask for the same are one crop of the editor. */
function toRequests({ file, uses }: Photo, { options }: StudioProject['engine']): readonly UsedCrop[] {
  const all = uses.flatMap(({ query }): UsedCrop[] => {
    try {
      const request = resolveRequest(options, parseQuery(query, file), file)
      const label = toLabel(request.preset, query)
      const said = { query: request.query, config: request.config }
      return request.crops.map((crop) => ({ ...crop, ...said, preset: label }))
    } catch (error) {
      // The use itself tells what is wrong with it.
      if (isHeroError(error)) return []
      throw error
    }
  })
  return [...new Map(all.map((crop) => [JSON.stringify(crop), crop])).values()]
}

/** A preset under what an import adds to it: such crops differ from those of the preset alone. */
function toLabel(preset: string, query: string): string {
  const rest = query.split('&').filter((part) => !/^hero(?:=|$)/.test(part))
  return rest.length === 0 ? preset : `${preset} ${rest.join(' ')}`
}
