/** Makes the content of an export: plans of all photos, and then the text, or everything in a ZIP. */
import { type ExportKind, exportKinds } from '@hero-image/client/contract'
import { type Engine, estimateSeconds, toAsset } from '@hero-image/core'
import type { HashedFile } from '../files/put-object.ts'
import { toWireId } from '../keys/uuid.ts'
import { presetName } from '../projects/options.ts'
import type { Service } from '../service.ts'
import { toCode, toUrlOf } from './markup.ts'
import { packZip } from './pack-zip.ts'
import { ExportFailed } from './rows.ts'
import { aboutPhoto, type ExportWish, type PlannedPhoto } from './wish.ts'
import { openWorkshop } from './workshop.ts'

/** Content to be put into storage; a file is to be closed. */
export type ExportContent = Uint8Array | (HashedFile & { close(): Promise<void> })

/** Seconds of one machine that encoding may take, as estimated: whatever takes longer would not be ready in time. */
const mostSeconds = 400

/**
 * Makes it.
 *
 * @param signal ends it at once, whatever the engine is working on
 * @throws ExportFailed when it never can be; any other error may be gone the next time
 */
export async function makeExport(service: Service, wish: ExportWish, signal: AbortSignal): Promise<ExportContent> {
  const workshop = await openWorkshop(service, wish.options, wish.photos, (id) => toWireId('upload', id))
  const end = (): void => void workshop.engine.close()
  signal.addEventListener('abort', end, { once: true })
  const make = async (): Promise<ExportContent> => {
    const planned: PlannedPhoto[] = []
    for (const photo of wish.photos) {
      signal.throwIfAborted()
      const placed = await workshop.place(photo)
      const plan = await aboutPhoto(photo.id, () => workshop.engine.plan(placed.file, `?${presetName}`))
      planned.push({ ...placed, plan })
    }
    const urlOf = toUrlOf(wish.options.base)
    if (wish.kind !== 'zip') {
      const assets = planned.map(({ path, plan }) => ({
        name: path.replace('photos/', ''),
        asset: toAsset(plan, urlOf),
      }))
      return Buffer.from(toCode(wish.kind, assets))
    }
    requireTime(workshop.engine, planned)
    await workshop.finish(planned.map(({ plan }) => plan))
    return packZip(service, wish, workshop, planned, signal)
  }
  try {
    return await workshop.within(make)
  } finally {
    signal.removeEventListener('abort', end)
    await workshop.close()
  }
}

/** Media type of the content. */
export function mediaTypeOf(kind: ExportKind): string {
  return exportKinds[kind].mediaType
}

function requireTime({ jobs }: Engine, planned: readonly PlannedPhoto[]): void {
  const variants = planned.flatMap(({ plan }) => plan.variants)
  if (estimateSeconds(variants, jobs) <= mostSeconds) return
  const detail = `These are ${variants.length} files, which takes too long: export fewer photos, formats or widths at once.`
  throw new ExportFailed({ code: 'too-large', detail })
}
