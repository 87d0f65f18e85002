/** Runs methods over a set and takes the CPU time of each photo. */
import type { PhotoSet, Predictions } from './annotations.ts'
import type { Crops, Method } from './method.ts'
import { type MethodSummary, summarize, summarizeText, type TextSummary } from './summary.ts'

/** What one method did on one set. */
export interface Run {
  readonly method: string
  readonly predictions: Predictions
  readonly summary: MethodSummary
  readonly text?: TextSummary
  /** Median CPU time per photo for all ratios, decoding included, ms. */
  readonly cpu: number
}

/** Crops every photo of a set. */
export async function runMethod(method: Method, set: PhotoSet): Promise<Run> {
  const ids = Object.keys(set.photos)
  const predictions: Record<string, Crops> = {}
  const times: number[] = []
  // The first photo pays for loading and compiling; it is cropped once before the clock runs.
  const [first] = ids
  if (first !== undefined) await method.crop(set, first)
  for (const id of ids) {
    const before = process.cpuUsage()
    predictions[id] = await method.crop(set, id)
    const { user, system } = process.cpuUsage(before)
    times.push((user + system) / 1000)
  }
  const summary = summarize(set, predictions)
  const cpu = median(times)
  if (method.cropForText === undefined) return { method: method.name, predictions, summary, cpu }
  for (const id of ids) predictions[id] = { ...predictions[id], ...(await method.cropForText(set, id)) }
  return { method: method.name, predictions, summary, text: summarizeText(set, predictions), cpu }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
