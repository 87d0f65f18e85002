/** Loads the detectors that look at photos: the built-in ones, none, or a module of the user. */
import { createDetector } from '../subject/detectors.ts'
import type { Detect } from '../types.ts'
import { type DetectorOption, tierOf } from './detector-name.ts'
import { type BuiltInTier, readModels } from './models.ts'

/**
 * Loads what is to look; `undefined` when nothing is. The models are read once per thread.
 *
 * @param photo path of the photo, for messages
 * @throws HeroError HERO_DETECTOR_FAILED, HERO_MISSING_PACKAGE
 */
export async function loadDetector(option: DetectorOption, photo: string): Promise<Detect | undefined> {
  if (option === 'none') return undefined
  if (option === undefined || option === 'objects') return loadBuiltIn(tierOf(option))
  // Checking what others return needs zod. Modules that do not ask for the built-in detectors do not pay for them.
  const { loadDetectorModule } = await import('./detector-module.ts')
  return loadDetectorModule(option, photo, async (rgb) => (await loadBuiltIn('people'))(rgb))
}

const builtIn = new Map<BuiltInTier, Promise<Detect>>()

function loadBuiltIn(tier: BuiltInTier): Promise<Detect> {
  const known = builtIn.get(tier)
  if (known !== undefined) return known
  const loading = readModels(tier).then(createDetector)
  builtIn.set(tier, loading)
  // Tried again next time: a development server outlives a package that was not installed yet.
  loading.catch(() => builtIn.delete(tier))
  return loading
}
