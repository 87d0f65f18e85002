/** Notices when another plugin changes our files after they were filled. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Bundle } from './emission.ts'

/** What was filled, by size. */
export interface Seal {
  /** Bytes of each filled file by name, without folder. */
  readonly sizes: ReadonlyMap<string, number>
  /** Remembers the files of these names as they are in the bundle now. */
  set(bundle: Bundle, names: Iterable<string>): void
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
    sizes,
    set(bundle, names) {
      const ours = new Set(names)
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && ours.has(baseName(file.fileName)))
          sizes.set(baseName(file.fileName), file.source.length)
      }
    },
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
