/** What an export is made from, and what is said when a photo is at fault. */
import { Readable } from 'node:stream'
import type { ExportKind } from '@hero-image/client/contract'
import { isHeroError, type Plan } from '@hero-image/core'
import { toWireId } from '../keys/uuid.ts'
import type { GeneratedPicture } from './generated.ts'
import { ExportFailed, type ExportOptions } from './rows.ts'
import type { PlacedPhoto, UploadedPhoto } from './workshop.ts'

/** What is to be made. */
export interface ExportWish {
  readonly id: string
  readonly kind: ExportKind
  readonly project: { readonly id: string; readonly name: string }
  readonly options: ExportOptions
  readonly photos: readonly UploadedPhoto[]
  readonly generated: readonly GeneratedPicture[]
  readonly createdAt: Date
}

/** A photo with everything decided about it. */
export interface PlannedPhoto extends PlacedPhoto {
  readonly plan: Plan
}

/** Mistakes of a photo that no second try repairs. */
const lasting = /^HERO_(?:SOURCE_(?!CHANGED)|NOT_AN_IMAGE|UNSUPPORTED_FORMAT|INVALID_)/

/** What goes wrong with a photo is told with its name. */
export async function aboutPhoto<T>(id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isHeroError(error) || !lasting.test(error.code)) throw error
    throw new ExportFailed({ code: 'photo-failed', detail: error.reason, upload_id: toWireId('upload', id) })
  }
}

/** Bytes as a stream. */
export function toStream(bytes: Uint8Array | string): Readable {
  return Readable.from([typeof bytes === 'string' ? Buffer.from(bytes) : bytes], { objectMode: false })
}
