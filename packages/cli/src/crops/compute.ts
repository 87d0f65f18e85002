/** Places the crops of photos anew, whatever the lock pins. */
import {
  createEngine,
  isHeroError,
  type LockedPhoto,
  type Plan,
  type ResolvedOptions,
  toLockedPhoto,
} from '@hero-image/core'
import { inTurns } from '../in-turns.ts'

/** A photo with its crops as they would be without the lock. */
export interface Computed {
  /** Absolute path. */
  readonly file: string
  readonly plans: readonly Plan[]
  /** What the lock would say; absent where there is nothing to pin. */
  readonly photo?: LockedPhoto
}

/**
 * Places all crops of all photos. One photo that fails does not lose the others.
 *
 * @param queriesOf the imports of a photo
 */
export async function computeCrops(
  options: ResolvedOptions,
  files: readonly string[],
  queriesOf: (file: string) => readonly string[],
): Promise<{ readonly computed: readonly Computed[]; readonly errors: readonly unknown[] }> {
  const engine = createEngine(options, { ignoreLock: true })
  const errors: unknown[] = []
  try {
    const computed = await inTurns(files, 2 * engine.jobs, async (file): Promise<Computed | undefined> => {
      try {
        const plans = await Promise.all(queriesOf(file).map((query) => engine.plan(file, query)))
        const photo = toLockedPhoto(plans)
        return { file, plans, ...(photo === undefined ? {} : { photo }) }
      } catch (error) {
        if (!isHeroError(error)) throw error
        errors.push(error)
        return undefined
      }
    })
    return { computed: computed.filter((each) => each !== undefined), errors }
  } finally {
    await engine.close()
  }
}
