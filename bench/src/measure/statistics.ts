/** Numbers out of several rounds. */
import type { Cost } from './run.ts'

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The arithmetic mean. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Each number's own median. */
export function medianCost(costs: readonly Cost[]): Cost {
  const of = (key: keyof Cost): number => median(costs.map((cost) => cost[key]))
  return { wall: of('wall'), cpu: of('cpu'), memory: of('memory') }
}

/**
 * Median of the runs' own ratios: what slowed the machine for a while slowed both sides of them. Where one side ran more often, each of its runs counts against
 * the run of the other side that was made in the same round.
 */
export function medianRatio(above: readonly Cost[], below: readonly Cost[], key: keyof Cost): number {
  const count = Math.max(above.length, below.length)
  const of = (costs: readonly Cost[], run: number): number =>
    costs[Math.floor((run * costs.length) / count)]?.[key] ?? Number.NaN
  return median(Array.from({ length: count }, (_, run) => of(above, run) / of(below, run)))
}
