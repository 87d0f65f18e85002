/** Picks the best way there is to judge quality. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { compare, type Pixels, prepare } from './similarity.ts'

/** Scores pictures against one reference; higher is better. */
export type Score = (picture: Pixels) => Promise<number>

/** A way to judge quality. */
export interface Scorer {
  readonly name: string
  readonly unit: string
  open(reference: Pixels): Promise<Score>
}

/**
 * The built-in stand-in: multi-scale SSIM in Lab, written as −10 log10(1 − similarity), since equal steps of that look about equally large.
 */
export const standIn: Scorer = {
  name: 'MS-SSIM in Lab',
  unit: 'dB',
  async open(reference) {
    const prepared = prepare(reference)
    return async (picture) => -10 * Math.log10(Math.max(1e-9, 1 - compare(prepared, prepare(picture))))
  },
}

/**
 * SSIMULACRA 2 by an installed program: `ssimulacra2` or `ssimulacra2_main`, called with two PNG files.
 *
 * @param folder for files in between
 * @returns `undefined` when no such program is on PATH
 */
export function findSsimulacra2(folder: string): Scorer | undefined {
  const program = findProgram(['ssimulacra2', 'ssimulacra2_main'])
  if (program === undefined) return undefined
  let count = 0
  return {
    name: 'SSIMULACRA 2',
    unit: 'points',
    async open(reference) {
      const original = join(folder, `reference-${count++}.png`)
      await writePng(reference, original)
      return async (picture) => {
        const distorted = join(folder, `distorted-${count++}.png`)
        await writePng(picture, distorted)
        const { stdout } = await promisify(execFile)(program, [original, distorted])
        await rm(distorted)
        return Number.parseFloat(stdout)
      }
    },
  }
}

function findProgram(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file))
}

async function writePng({ data, width, height }: Pixels, file: string): Promise<void> {
  await sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toFile(file)
}
