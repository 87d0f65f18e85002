/** Growth: time and memory of our build over more and more photos. */
import { join } from 'node:path'
import type { Cost } from '../measure/run.ts'
import { listOutputs, totalBytes } from '../outputs.ts'
import { photoNames, writeChangedPhoto } from '../photos.ts'
import { writeProject } from '../project.ts'
import { build } from './builds.ts'

/** A build of so many photos. */
export interface Growth {
  readonly photos: number
  readonly cost: Cost
  /** Pictures shipped. */
  readonly files: number
  /** Bytes of all pictures shipped. */
  readonly bytes: number
}

/** Small and quickly made, so that decoding and everything around the encoders is what grows. */
const widths = [320, 640]

/** Builds projects of several sizes, each once, from photos that differ only in a comment. */
export async function measureGrowth(
  folder: string,
  { counts, log }: { counts: readonly number[]; log: (line: string) => void },
): Promise<Growth[]> {
  const results: Growth[] = []
  for (const count of counts) {
    const project = join(folder, `growth-${count}`)
    const copies = Array.from({ length: count }, (_, index) => {
      const original = photoNames[index % photoNames.length] ?? ''
      return { original, name: `${original}-${String(index).padStart(2, '0')}` }
    })
    const photos = copies.map(({ name }) => name)
    await writeProject(project, { tool: 'ours', photos, widths, effort: 'fast' })
    for (const { original, name } of copies)
      await writeChangedPhoto(original, join(project, 'photos', `${name}.jpg`), name)
    const cost = await build(project)
    const outputs = await listOutputs(join(project, 'dist'), photos)
    results.push({ photos: count, cost, files: outputs.length, bytes: totalBytes(outputs) })
    log(`${count} photos: ${cost.wall.toFixed(1)} s, ${Math.round(cost.memory / 1e6)} MB`)
  }
  return results
}
