/** Which crops show a file. Pure. */
import type { Plan, Variant } from '../types.ts'

/** Names of the crops that show a file: equal crops share theirs, and an SVG, which has no sources, is shown by every crop. */
export function cropsOf(plan: Plan, { key }: Pick<Variant, 'key'>): string[] {
  const sources = plan.sources.filter(({ variants }) => variants.some((index) => plan.variants[index]?.key === key))
  return [
    ...new Set((sources.length > 0 ? sources : plan.crops.map(({ name }) => ({ crop: name }))).map(({ crop }) => crop)),
  ]
}
