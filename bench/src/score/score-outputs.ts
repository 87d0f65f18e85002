/** Scores what builds made against the photos they were made from. */
import { availableParallelism } from 'node:os'
import type { Output } from '../outputs.ts'
import { photoFile } from '../photos.ts'
import type { Tool } from '../project.ts'
import { decode, decodeReference } from './decode.ts'
import type { Scorer } from './scorer.ts'

/** An output with its score. */
export interface Scored extends Output {
  readonly score: number
}

/** Scores all outputs; those of one photo and size share the reference. */
export async function scoreOutputs(outputs: readonly Output[], tool: Tool, scorer: Scorer): Promise<Scored[]> {
  const groups = Map.groupBy(outputs, ({ photo, width, height }) => `${photo} ${width}x${height}`)
  const waiting = [...groups.values()]
  const scored: Scored[] = []
  const work = async (): Promise<void> => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift())
      scored.push(...(await scoreGroup(group, tool, scorer)))
  }
  // A scorer that is a program of its own uses the other cores; the built-in one gains nothing and loses nothing.
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return scored
}

async function scoreGroup(group: readonly Output[], tool: Tool, scorer: Scorer): Promise<Scored[]> {
  const [first] = group
  if (first === undefined) return []
  const score = await scorer.open(await decodeReference(photoFile(first.photo), first, tool))
  const scored: Scored[] = []
  for (const output of group) scored.push({ ...output, score: await score(await decode(output.file)) })
  return scored
}
