/** What a way of cropping is. */
import { join } from 'node:path'
import type { Frame, PhotoSet } from './annotations.ts'

/** Rectangles by key. */
export type Crops = Readonly<Record<string, Frame>>

/** One way of cropping. */
export interface Method {
  readonly name: string
  /** Crops one photo in all ratios, decoding it first; whatever is wanted for headlines is made in a second call. */
  crop(set: PhotoSet, id: string): Promise<Crops>
  /** Crops it for headlines; only ours can. */
  cropForText?(set: PhotoSet, id: string): Promise<Crops>
}

/** Path of a photo. */
export function fileOf({ folder, photos }: PhotoSet, id: string): string {
  return join(folder, photoOf(photos, id).file)
}

/** Its annotation. */
export function photoOf(photos: PhotoSet['photos'], id: string): PhotoSet['photos'][string] {
  const photo = photos[id]
  if (photo === undefined) throw new Error(`There is no photo ${id}.`)
  return photo
}
