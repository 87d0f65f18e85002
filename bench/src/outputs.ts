/** The pictures that a build left in a folder. */
import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import sharp from 'sharp'
import type { Format } from './work.ts'

/** One picture. */
export interface Output {
  readonly file: string
  /** Name of the photo it was made from. */
  readonly photo: string
  readonly format: Format
  readonly width: number
  readonly height: number
  readonly bytes: number
}

const formatOf: Readonly<Record<string, Format>> = { '.avif': 'avif', '.webp': 'webp', '.jpg': 'jpeg', '.jpeg': 'jpeg' }

/** All pictures below a folder whose names begin with a photo's name. */
export async function listOutputs(folder: string, photos: readonly string[]): Promise<Output[]> {
  const names = await readdir(folder, { recursive: true })
  const found = names.map(async (name): Promise<Output[]> => {
    const format = formatOf[extname(name)]
    const photo = photos.find((each) => name.slice(name.lastIndexOf('/') + 1).startsWith(`${each}-`))
    if (format === undefined || photo === undefined) return []
    const file = join(folder, name)
    const { width, height, size } = await measure(file)
    return [{ file, photo, format, width, height, bytes: size }]
  })
  return (await Promise.all(found)).flat()
}

/** Bytes of all pictures, or of those in one format. */
export function totalBytes(outputs: readonly Output[], format?: Format): number {
  return outputs
    .filter((output) => format === undefined || output.format === format)
    .reduce((sum, { bytes }) => sum + bytes, 0)
}

async function measure(file: string): Promise<{ width: number; height: number; size: number }> {
  const { width, height } = await sharp(file).metadata()
  const { size } = await stat(file)
  return { width, height, size }
}
