/** The photos of the benchmark, and copies of them that count as new photos. */
import { readdirSync } from 'node:fs'
import { copyFile, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../photos')

/** The 24 MP photo for the dev server. */
export const largePhoto = 'bartender'

/** A photo of ordinary size, for the rebuild after one change. */
export const ordinaryPhoto = 'lake'

/** Names of all photos without ending, the two that parts ask for by name first, so that a short run has them. */
export const photoNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.jpg'))
  .map((file) => file.slice(0, -'.jpg'.length))
  .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))

/** Absolute path of a photo of the benchmark. */
export function photoFile(name: string): string {
  return join(folder, `${name}.jpg`)
}

/** True for the photo in Display P3. */
export function isWideGamut(name: string): boolean {
  return name.endsWith('-p3')
}

/** Copies a photo and gives it the age that photos have in real projects: tools may distrust files that were written a moment ago. */
export async function copyPhoto(name: string, target: string): Promise<void> {
  await copyFile(photoFile(name), target)
  await age(target)
}

/** Writes the photo with a comment in it: other bytes and another hash, the same pixels. */
export async function writeChangedPhoto(name: string, target: string, comment: string): Promise<void> {
  const bytes = await readFile(photoFile(name))
  const text = Buffer.from(comment)
  const segment = Buffer.from([0xff, 0xfe, 0, text.length + 2])
  await writeFile(target, Buffer.concat([bytes.subarray(0, 2), segment, text, bytes.subarray(2)]))
  await age(target)
}

async function age(file: string): Promise<void> {
  const lastYear = new Date(Date.now() - 365 * 24 * 60 * 60 * 1000)
  await utimes(file, lastYear, lastYear)
}

function rank(name: string): number {
  return name === largePhoto ? 0 : name === ordinaryPhoto ? 1 : 2
}
