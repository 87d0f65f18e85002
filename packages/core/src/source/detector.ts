/** Which detectors look at photos: the built-in ones, none, or a module of the user. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, isAbsolute } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HeroError } from '../errors.ts'
import { createDetector } from '../subject/detectors.ts'
import { FINDER_VERSION } from '../subject/version.ts'
import type { Detect } from '../types.ts'
import { modelVersions, readModels } from './models.ts'

/** `'none'`, or a module: absolute path, `file:` URL or a specifier that Node resolves. Absent for the built-in detectors. */
export type DetectorOption = string | undefined

/**
 * Says exactly who looks, in one line: equal names find equal subjects. A module is known by its bytes, a package by its name.
 *
 * @throws HeroError HERO_DETECTOR_FAILED, HERO_MISSING_PACKAGE
 */
export async function nameDetector(option: DetectorOption): Promise<string> {
  const finder = `finder ${FINDER_VERSION}`
  if (option === 'none') return `none, ${finder}`
  const models = `${await modelVersions()}, ${finder}`
  if (option === undefined) return models
  const file = option.startsWith('file:') ? fileURLToPath(option) : option
  if (!isAbsolute(file)) return `${option}, ${models}`
  try {
    const digest = createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
    return `${basename(file)} ${digest.slice(0, 16)}, ${models}`
  } catch (cause) {
    throw new HeroError('HERO_DETECTOR_FAILED', 'The module named in `detector` cannot be read.', { file, cause })
  }
}

/**
 * Loads what is to look; `undefined` when nothing is. The models are read once per thread.
 *
 * @param photo path of the photo, for messages
 * @throws HeroError HERO_DETECTOR_FAILED, HERO_MISSING_PACKAGE
 */
export async function loadDetector(option: DetectorOption, photo: string): Promise<Detect | undefined> {
  if (option === 'none') return undefined
  if (option === undefined) return loadBuiltIn()
  // Checking what others return needs zod. Modules that do not ask for the built-in detectors do not pay for them.
  const { loadDetectorModule } = await import('./detector-module.ts')
  return loadDetectorModule(option, photo, async (rgb) => (await loadBuiltIn())(rgb))
}

let builtIn: Promise<Detect> | undefined

function loadBuiltIn(): Promise<Detect> {
  builtIn ??= readModels().then(createDetector)
  return builtIn
}
