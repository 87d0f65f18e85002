/** The photo as the page shows it: the whole photo in two sizes, drawn once and kept in the cache folder. */
import { type Engine, mimeTypes } from '@hero-image/core'
import { Refused } from './refused.ts'

/** Long sides, px: a card of the gallery at density 2, and what the editor draws everything from. */
const longSides = { thumbnail: 960, picture: 2048 } as const

type PictureSize = keyof typeof longSides

/** A picture with its type. */
export interface Picture {
  readonly bytes: Uint8Array
  readonly type: string
}

/** URL relative to the page; with the hash of the photo, so that browsers may keep it. */
export function pictureUrl(path: string, size: PictureSize, hash: string): string {
  return `api/${size}?${new URLSearchParams({ photo: path, v: hash.slice(0, 16) })}`
}

/** @throws HeroError when the photo cannot be drawn, Refused 404 for a size that is not made */
export async function drawPicture(engine: Engine, file: string, size: string): Promise<Picture> {
  if (!isSize(size)) throw new Refused(404, 'There is no such size.')
  const plan = await engine.planWhole(file, longSides[size])
  const variant = plan.variants[plan.fallback]
  if (variant === undefined) throw new Refused(404, 'There is nothing to show.')
  return { bytes: await engine.render(file, variant), type: mimeTypes[variant.format] }
}

function isSize(size: string): size is PictureSize {
  return Object.hasOwn(longSides, size)
}
