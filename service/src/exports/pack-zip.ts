/** A project as a ZIP: one entry after the other, so that one file is in memory at a time. The same project gives the same bytes, whoever packs it and when. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, type Readable, Transform } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { cropsOf, type HeroAsset, mimeTypes, packageVersions, sidecarPath, toAsset } from '@hero-image/core'
import { toPreloadHtml } from '@hero-image/core/markup'
import { ZipFile } from 'yazl'
import { type ReceivedFile, receiveFile } from '../files/receive.ts'
import { toWireId } from '../keys/uuid.ts'
import type { Service } from '../service.ts'
import type { Storage } from '../storage/storage.ts'
import { type GeneratedEntry, toGeneratedEntry, toGeneratedPaths } from './generated.ts'
import { toCode, toUrlOf } from './markup.ts'
import { readMe } from './read-me.ts'
import { aboutPhoto, type ExportWish, type PlannedPhoto, toStream } from './wish.ts'
import type { Workshop } from './workshop.ts'

/** An entry as the manifest tells it. */
interface Entry {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** What is packed. */
interface Packing {
  readonly storage: Storage
  readonly wish: ExportWish
  readonly workshop: Workshop
  readonly planned: readonly PlannedPhoto[]
  readonly signal: AbortSignal
}

/** Packs into a temporary file without a name. */
export async function packZip(
  { settings, storage }: Pick<Service, 'settings' | 'storage'>,
  wish: ExportWish,
  workshop: Workshop,
  planned: readonly PlannedPhoto[],
  signal: AbortSignal,
): Promise<ReceivedFile> {
  const zip = new ZipFile()
  const output = new PassThrough()
  zip.outputStream.pipe(output)
  // Whoever fills it is told the same error.
  zip.on('error', () => undefined)
  const stop = new AbortController()
  const packing = { storage, wish, workshop, planned, signal: AbortSignal.any([signal, stop.signal]) }
  const filled = fill(zip, packing).catch((error: unknown) => {
    output.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  try {
    // Nobody may keep more than that.
    const maxBytes = settings.HERO_STORED_MEGABYTES * 1_000_000
    const packed = await receiveFile(output, { folder: join(workshop.root, '..'), maxBytes })
    await filled
    return packed
  } finally {
    stop.abort()
    await filled
  }
}

async function fill(zip: ZipFile, { storage, wish, workshop, planned, signal }: Packing): Promise<void> {
  const { engine, root } = workshop
  const entries: Entry[] = []
  const add = async (path: string, content: Readable, compress = true): Promise<void> => {
    // Nobody else would close what storage has opened.
    if (signal.aborted) content.destroy()
    signal.throwIfAborted()
    const { through, told } = createMeter()
    zip.addReadStream(through, path, { mtime: wish.createdAt, mode: 0o100644, compress, forceDosTimestamp: true })
    await Promise.all([pipeline(content, through, { signal }), finished(through)])
    entries.push({ path, ...told() })
  }
  const urlOf = toUrlOf(wish.options.base)
  const dialect = wish.options.settings.markup ?? 'html'
  const photos: object[] = []
  const packed = new Set<string>()
  for (const { uploadId, path, file, sha256, plan } of planned) {
    const variants = plan.variants.filter(({ name }) => !packed.has(name))
    // Asked for together they share one decode; each is let go of until its turn comes.
    await aboutPhoto(uploadId, () =>
      Promise.all(variants.map((variant) => engine.render(file, variant, signal).then(() => undefined))),
    )
    for (const variant of variants) {
      packed.add(variant.name)
      // Pictures do not get smaller.
      await add(`images/${variant.name}`, toStream(await engine.render(file, variant, signal)), false)
    }
    await add(path, createReadStream(file), false)
    const sidecar = await readFile(sidecarPath(file)).catch(() => undefined)
    if (sidecar !== undefined) await add(sidecarPath(path), toStream(sidecar))
    const asset = toAsset(plan, urlOf)
    const name = path.replace('photos/', '')
    await add(`markup/${name}.${dialect === 'react' ? 'jsx' : 'html'}`, toStream(toCode(dialect, [{ name, asset }])))
    await add(`markup/${name}.preload.html`, toStream(`${toPreloadHtml(asset)}\n`))
    photos.push(toPhotoEntry(uploadId, path, sha256, plan, asset))
  }
  const paths = toGeneratedPaths(wish.generated)
  const generated: GeneratedEntry[] = []
  for (const [index, path] of paths.entries()) {
    const picture = wish.generated[index]
    if (picture === undefined) continue
    const content = await storage.get(picture.storage_key)
    // It may have been deleted just now: the next attempt does not ask for it any more.
    if (content === undefined) throw new Error('A generated picture has no object in storage.')
    await add(path, content, false)
    generated.push(toGeneratedEntry(path, picture))
  }
  const hasPhotos = planned.length > 0
  await add('hero.config.mjs', createReadStream(join(root, 'hero.config.mjs')))
  // Without photos there are no crops to pin.
  if (hasPhotos) await add('hero.lock.json', createReadStream(join(root, 'hero.lock.json')))
  await add('README.txt', toStream(readMe({ base: wish.options.base, hasPhotos, generated })))
  const manifest = {
    version: 1,
    project: { id: toWireId('project', wish.project.id), name: wish.project.name },
    export_id: toWireId('export', wish.id),
    created_at: wish.createdAt.toISOString(),
    engine: packageVersions(),
    photos,
    generated,
    files: entries,
  }
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`), 'manifest.json', {
    mtime: wish.createdAt,
    mode: 0o100644,
    forceDosTimestamp: true,
  })
  zip.end()
}

function toPhotoEntry(id: string, path: string, sha256: string, plan: PlannedPhoto['plan'], asset: HeroAsset): object {
  return {
    upload_id: toWireId('upload', id),
    path,
    sha256,
    notes: plan.notes,
    crops: plan.crops.map(({ name, by, kept, reason, warnings }) => ({ name, by, kept, reason, warnings })),
    images: plan.variants.map((variant) => ({
      path: `images/${variant.name}`,
      crops: cropsOf(plan, variant),
      width: variant.width,
      height: variant.height,
      type: mimeTypes[variant.format],
    })),
    asset,
  }
}

/** Counts and hashes what runs through it. */
function createMeter() {
  const hash = createHash('sha256')
  let bytes = 0
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  return { through, told: () => ({ bytes, sha256: hash.digest('hex') }) }
}
