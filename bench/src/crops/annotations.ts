/** A folder of photos with hand-checked boxes: `annotations.json` beside them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** x, y, width, height as shares of the upright photo. */
export type Box = readonly [number, number, number, number]

/** A crop, in shares of the upright photo: what the scorer reads. */
export interface Frame {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** What a person drew on a photo. */
export interface Annotation {
  readonly file: string
  /** Size of the upright photo, px; only its ratio matters. */
  readonly width: number
  readonly height: number
  /** What a designer wants whole. */
  readonly subject: Box
  /** Hairline to chin. */
  readonly faces: readonly Box[]
  /** What must survive when the subject cannot fit; without it all faces, else the subject. */
  readonly focus?: Box
  readonly tags?: readonly string[]
}

/** A folder of photos. */
export interface PhotoSet {
  readonly name: string
  readonly folder: string
  /** By the photo's id. */
  readonly photos: Readonly<Record<string, Annotation>>
}

/** Rectangles by photo and key, as the scorer reads them: `16:9`, or `16:9@left` for a headline. */
export type Predictions = Readonly<Record<string, Readonly<Record<string, Frame>>>>

/** Reads a folder's annotations. */
export async function readSet(folder: string, name: string): Promise<PhotoSet> {
  const { photos }: { photos: PhotoSet['photos'] } = JSON.parse(
    await readFile(join(folder, 'annotations.json'), 'utf8'),
  )
  return { name, folder, photos }
}
