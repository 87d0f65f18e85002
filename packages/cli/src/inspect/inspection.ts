import type { Analysis, Plan, SourceFacts, Subject } from '@hero-image/core'

/** Everything known and decided about one photo: what `inspect --json` prints. */
export interface Inspection {
  /** Absolute path of the photo. */
  readonly file: string
  /** The config file whose options were used; absent when the defaults were. */
  readonly config?: string
  readonly preset: string
  readonly facts: SourceFacts
  readonly subject: Subject
  readonly crops: Plan['crops']
  readonly plan: Plan
  /** Files that a build makes, and how many of them the store has. */
  readonly files: { readonly total: number; readonly cached: number }
  readonly notes: readonly string[]
}

/** Puts together what the engine says. */
export function toInspection(analysis: Analysis, plan: Plan, cached: number, config: string | undefined): Inspection {
  return {
    file: plan.file,
    ...(config === undefined ? {} : { config }),
    preset: plan.preset,
    facts: analysis.facts,
    subject: analysis.subject,
    crops: plan.crops,
    plan,
    files: { total: plan.variants.length, cached },
    notes: plan.notes,
  }
}
