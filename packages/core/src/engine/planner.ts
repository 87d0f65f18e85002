/** Plans each import once: a plan is pure, so that a later build takes the stored one as long as everything it was made from stays. */
import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ResolvedOptions } from '../options/resolve.ts'
import type { Store } from '../store/store.ts'
import type { HeroRequest, Plan } from '../types.ts'
import { hash } from '../variant/key.ts'
import type { PlanInputs } from '../variant/plan.ts'
import { engineVersion } from '../variant/tools.ts'
import { type Analyser, checkLimits, isOf } from './analyser.ts'

/** What a plan is made from besides request, photo and analysis. */
export type Decisions = Omit<PlanInputs, 'file' | 'analysis'>

/** Gives the plan of one request for one photo. */
export type Planner = (file: string, request: HeroRequest, decisions: Decisions) => Promise<Plan>

/** A planner over a store. */
export function createPlanner({ limits }: ResolvedOptions, store: Store, analyser: Analyser): Planner {
  const planning = identifyPlanning()
  return async (file, request, decisions) => {
    const identity = await analyser.identify(file)
    const key = hash([planning, identity.key, basename(file), request, decisions])
    const stored = await store.read('plan', key)
    if (stored !== undefined) {
      const plan: Plan = { ...JSON.parse(Buffer.from(stored).toString()), file }
      checkLimits(plan.facts, limits, file)
      return plan
    }
    const analysis = await analyser.analyse(file)
    // A build whose plans are stored does without all of planning.
    const { planVariants } = await import('../variant/plan.ts')
    const plan = planVariants(request, { file, analysis, ...decisions })
    if (isOf(analysis, identity)) await store.write('plan', key, Buffer.from(JSON.stringify({ ...plan, file: '' })))
    return plan
  }
}

/** Version, size and time of this code: another build of it may decide otherwise. */
function identifyPlanning(): string {
  const { size, mtimeMs } = statSync(fileURLToPath(import.meta.url))
  return `${engineVersion()} ${size} ${mtimeMs}`
}
