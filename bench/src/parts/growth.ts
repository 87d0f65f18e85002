/** Growth: time and memory of our build over more and more photos, with the work of the other builds and with little work. */
import { join } from 'node:path'
import type { Cost } from '../measure/run.ts'
import { listOutputs, totalBytes } from '../outputs.ts'
import { photoNames, writeChangedPhoto } from '../photos.ts'
import { writeProject } from '../project.ts'
import { build } from './builds.ts'

/** The widths and effort of the other builds; or small and quickly made pictures, so that decoding and everything around the encoders is what grows. */
export type GrowthWork = 'same' | 'small'

/** A build of so many photos. */
export interface Growth {
  readonly work: GrowthWork
  readonly photos: number
  readonly cost: Cost
  /** Pictures shipped. */
  readonly files: number
  /** Bytes of all pictures shipped. */
  readonly bytes: number
}

const works = { same: {}, small: { widths: [320, 640], effort: 'fast' } } as const
const growthWorks: readonly GrowthWork[] = ['same', 'small']

/** Builds projects of several sizes, each once, from photos that differ only in a comment. */
export async function measureGrowth(
  folder: string,
  { counts, log }: { counts: readonly number[]; log: (line: string) => void },
): Promise<Growth[]> {
  const results: Growth[] = []
  const builds = growthWorks.flatMap((work) => counts.map((count) => ({ work, count })))
  for (const { work, count } of builds) {
    const project = join(folder, `growth-${work}-${count}`)
    const copies = Array.from({ length: count }, (_, index) => {
      const original = photoNames[index % photoNames.length] ?? ''
      return { original, name: `${original}-${String(index).padStart(2, '0')}` }
    })
    const photos = copies.map(({ name }) => name)
    await writeProject(project, { tool: 'ours', photos, ...works[work] })
    for (const { original, name } of copies)
      await writeChangedPhoto(original, join(project, 'photos', `${name}.jpg`), name)
    const cost = await build(project)
    const outputs = await listOutputs(join(project, 'dist'), photos)
    results.push({ work, photos: count, cost, files: outputs.length, bytes: totalBytes(outputs) })
    log(`${count} photos, ${work} work: ${cost.wall.toFixed(1)} s, ${Math.round(cost.memory / 1e6)} MB`)
  }
  return results
}
