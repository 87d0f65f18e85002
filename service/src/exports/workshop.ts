/**
 * A folder in which a project lies as it would in a repo: photos with their sidecars, the options, the lock. The engine works on it as in any build, and what is packed
 * is what is there, so the person can go on with it.
 */
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { PhotoDecisions } from '@hero-image/client/contract'
import {
  createEngine,
  type Engine,
  type HeroOptions,
  type Plan,
  resolveOptions,
  saveSidecar,
  toGlobPath,
  toLockedPhoto,
  updateLock,
} from '@hero-image/core'
import { watchMemory } from '../decode/watch-memory.ts'
import { toDecisions, toHeroOptions } from '../projects/options.ts'
import type { Service } from '../service.ts'
import { toPhotoNames } from './photo-names.ts'
import { ExportFailed, type ExportOptions } from './rows.ts'

/** A photo that was uploaded. */
export interface UploadedPhoto {
  readonly id: string
  readonly name: string | null
  readonly media_type: string
  readonly storage_key: string
  readonly sha256: Buffer
}

/** A photo in its place. */
export interface PlacedPhoto {
  readonly uploadId: string
  /** Relative to the folder, such as `photos/lake.jpg`. */
  readonly path: string
  /** Absolute. */
  readonly file: string
  readonly sha256: string
  readonly decisions: PhotoDecisions
}

/** The folder and the engine that works in it. */
export interface Workshop {
  readonly root: string
  readonly engine: Engine
  /** The options as the person will have them, without what concerns our machine. */
  readonly options: HeroOptions
  /** Fetches a photo from storage and writes its sidecar. */
  place(photo: UploadedPhoto): Promise<PlacedPhoto>
  /** Writes options and lock. */
  finish(plans: readonly Plan[]): Promise<void>
  /**
   * Does something with the engine.
   *
   * @throws ExportFailed when its process was ended for holding more memory than it may
   */
  within<Result>(work: () => Promise<Result>): Promise<Result>
  /** Ends the engine and forgets everything. */
  close(): Promise<void>
}

const tooHeavy =
  'Drawing this takes more memory than an export may: export fewer formats or smaller widths; AVIF of large photos takes most.'

/** Folders that a killed process has left are older than any export takes. */
const leftAfterMs = 2 * 3_600_000

/**
 * Opens a workshop for some photos.
 *
 * @param wireIdOf the upload as decisions name it
 */
export async function openWorkshop(
  { storage, settings }: Pick<Service, 'storage' | 'settings'>,
  { settings: written }: ExportOptions,
  photos: readonly UploadedPhoto[],
  wireIdOf: (id: string) => string,
): Promise<Workshop> {
  const parent = resolve(settings.HERO_DATA_DIR, 'exports')
  await mkdir(parent, { recursive: true, mode: 0o700 })
  await sweep(parent)
  const root = await mkdtemp(join(parent, 'work-'))
  const options = toHeroOptions(written)
  const names = toPhotoNames(photos)
  const resolved = resolveOptions(
    {
      ...options,
      cache: { dir: '.cache' },
      // As strict as the gate that the photos came through.
      limits: {
        pixels: settings.HERO_UPLOAD_MEGAPIXELS * 1_000_000,
        bytes: settings.HERO_UPLOAD_MEGABYTES * 1_048_576,
        seconds: 60,
      },
      // Requests are answered on the same machine.
      concurrency: Math.ceil(availableParallelism() / 2),
    },
    root,
  )
  const mostBytes = settings.HERO_EXPORT_MEGABYTES * 1_048_576
  let isTooHeavy = false
  const engine = createEngine(resolved, {
    // What decodes the photos of strangers knows none of our secrets,
    environment: {},
    // and holds no more than it may: its pixels lie where no flag of Node limits them.
    onProcess({ pid, kill, ended }) {
      const unwatch = watchMemory(pid, mostBytes, () => {
        isTooHeavy = true
        kill()
      })
      void ended.then(unwatch)
    },
  })
  await mkdir(join(root, 'photos'))
  return {
    root,
    engine,
    options,
    async place(photo) {
      const path = `photos/${names[photos.indexOf(photo)]}`
      const file = join(root, path)
      const content = await storage.get(photo.storage_key)
      if (content === undefined) throw new Error('A photo has no object in storage.')
      await pipeline(content, createWriteStream(file, { mode: 0o600, flags: 'wx' }))
      const decisions = written.photos?.[wireIdOf(photo.id)] ?? {}
      const sha256 = photo.sha256.toString('hex')
      await saveSidecar(file, { ...toDecisions(decisions), photo: sha256 })
      return { uploadId: photo.id, path, file, sha256, decisions }
    },
    async finish(plans) {
      await writeFile(join(root, 'hero.config.mjs'), `export default ${JSON.stringify(options, undefined, 2)}\n`)
      const pinned = plans.flatMap((plan) => {
        const locked = toLockedPhoto([plan])
        return locked === undefined ? [] : [[toGlobPath(root, plan.file), locked] as const]
      })
      await updateLock(resolved, (lock) => ({ ...lock, crops: Object.fromEntries(pinned) }))
    },
    async within(work) {
      try {
        return await work()
      } catch (error) {
        if (!isTooHeavy) throw error
        throw new ExportFailed({ code: 'too-large', detail: tooHeavy })
      }
    },
    async close() {
      await engine.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const path = join(parent, name)
    const facts = await stat(path).catch(() => undefined)
    if (facts !== undefined && Date.now() - facts.mtimeMs > leftAfterMs)
      await rm(path, { recursive: true, force: true })
  }
}
