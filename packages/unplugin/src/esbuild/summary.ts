/** The end of a build: what became part of the output goes into the summary and into the manifest. */
import { basename, dirname, extname, join, resolve } from 'node:path'
import { cropsOf } from '@hero-image/core'
import type { BuildOptions, BuildResult, Metafile } from 'esbuild'
import { toManifest } from '../emit/manifest.ts'
import { writeOutput } from './output-file.ts'
import { files, parsePicturePath, pictures } from './picture.ts'
import type { PictureFile, Run } from './run.ts'

interface Shipped extends PictureFile {
  /** Absolute path of the source. */
  readonly file: string
  readonly bytes: number
}

/** Counts the files of an output, and writes `hero-manifest.json` when it is wanted. What nothing uses in the end is no part of the output. */
export async function finishOutput(run: Run, result: BuildResult, options: BuildOptions): Promise<void> {
  if (result.metafile === undefined) return
  const { engine, host, report } = run.started
  const shipped = shippedIn(result.metafile, run)
  for (const { plan, variant, bytes } of shipped) {
    report.planned(plan)
    report.shipped(variant, bytes, cropsOf(plan, variant))
  }
  const { manifest = false } = engine.options
  if (manifest === false) return
  const name = typeof manifest === 'string' ? manifest : 'hero-manifest.json'
  const folder = options.outdir ?? (options.outfile === undefined ? '.' : dirname(options.outfile))
  const importers = importersIn(result.metafile, run)
  const text = toManifest(host.root, shipped, (file) => [...(importers.get(file) ?? [])].sort())
  await writeOutput(result, join(host.root, folder, name), text)
}

function shippedIn({ outputs }: Metafile, run: Run): Shipped[] {
  return Object.entries(outputs).flatMap(([path, { inputs, bytes }]) => {
    const [input = ''] = Object.keys(inputs)
    const found = run.find(input.slice(files.length + 1))
    // Chunks list the file too, with the few bytes of its URL.
    if (found === undefined || extname(path) !== extname(input)) return []
    const variant = { ...found.variant, name: basename(path) }
    return [{ ...found, variant, file: found.plan.file, bytes }]
  })
}

/** The modules and sheets that show a photo, by photo; absolute paths. */
function importersIn({ inputs }: Metafile, run: Run): Map<string, Set<string>> {
  const { root } = run.started.host
  const importers = new Map<string, Set<string>>()
  const photoOf = (path: string): string | undefined => {
    if (path.startsWith(`${files}:`)) return run.find(path.slice(files.length + 1))?.plan.file
    return path.startsWith(`${pictures}:`) ? parsePicturePath(root, path.slice(pictures.length + 1)).file : undefined
  }
  for (const [importer, { imports }] of Object.entries(inputs)) {
    if (importer.startsWith(`${pictures}:`)) continue
    for (const { path } of imports) {
      const photo = photoOf(path)
      if (photo !== undefined) importers.set(photo, (importers.get(photo) ?? new Set()).add(resolve(root, importer)))
    }
  }
  return importers
}
