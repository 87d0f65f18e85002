/** Notices when another plugin changes our files after they were filled. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Bundle } from './emission.ts'

/** What was filled, by size. */
export interface Seal {
  /** Remembers a file by name, without folder. Told, not read from the bundle: some hosts copy the bytes for everyone who looks. */
  set(name: string, bytes: number): void
  /**
   * The files that have another size now, by path.
   *
   * @param outputDir where the bundle was written: optimisers that work after writing change only the file on disk
   */
  broken(bundle: Bundle, outputDir: string | undefined): string[]
}

/** A seal; equal names are equal contents, so one serves all outputs and environments. */
export function createSeal(): Seal {
  const sizes = new Map<string, number>()
  return {
    set: (name, bytes) => void sizes.set(name, bytes),
    broken: (bundle, outputDir) =>
      Object.values(bundle).flatMap((file) => {
        if (file.type !== 'asset') return []
        const expected = sizes.get(baseName(file.fileName))
        return expected === undefined || expected === sizeOf(file, outputDir) ? [] : [file.fileName]
      }),
  }
}

function sizeOf(file: { fileName: string; source: string | Uint8Array }, outputDir: string | undefined): number {
  const onDisk =
    outputDir === undefined ? undefined : statSync(join(outputDir, file.fileName), { throwIfNoEntry: false })
  return onDisk?.size ?? file.source.length
}

function baseName(fileName: string): string {
  return fileName.slice(fileName.lastIndexOf('/') + 1)
}
