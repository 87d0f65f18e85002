/** Which detectors look at photos: the built-in ones, none, or a module of the user. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { findPackageJSON } from 'node:module'
import { basename, isAbsolute, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { HeroError } from '../errors.ts'
import { createDetector } from '../subject/detectors.ts'
import { FINDER_VERSION } from '../subject/version.ts'
import type { Detect } from '../types.ts'
import { type BuiltInTier, modelVersions, readModels } from './models.ts'

/** `'none'`, `'objects'`, or a module: absolute path, `file:` URL or a specifier that Node resolves. Absent for faces and people. */
export type DetectorOption = string | undefined

/**
 * Says exactly who looks, in one line: equal names find equal subjects. A module is known by its bytes, a package by its version as well.
 *
 * @throws HeroError HERO_DETECTOR_FAILED, HERO_MISSING_PACKAGE
 */
export async function nameDetector(option: DetectorOption): Promise<string> {
  const finder = `finder ${FINDER_VERSION}`
  if (option === 'none') return `none, ${finder}`
  const models = `${await modelVersions(tierOf(option))}, ${finder}`
  if (option === undefined || option === 'objects') return models
  const file = option.startsWith('file:') ? fileURLToPath(option) : option
  if (!isAbsolute(file)) return `${option}, ${models}`
  try {
    const digest = createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
    return `${packageOf(file) ?? basename(file)} ${digest.slice(0, 16)}, ${models}`
  } catch (cause) {
    throw new HeroError('HERO_DETECTOR_FAILED', 'The module named in `detector` cannot be read.', { file, cause })
  }
}

/** Name and version of the package that a file was installed with: its other files count too. */
function packageOf(file: string): string | undefined {
  if (!file.split(sep).includes('node_modules')) return undefined
  const manifest = findPackageJSON(pathToFileURL(file))
  if (manifest === undefined) return undefined
  const { name, version } = JSON.parse(readFileSync(manifest, 'utf8'))
  return typeof name === 'string' && typeof version === 'string' ? `${name} ${version}` : undefined
}

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

function tierOf(option: DetectorOption): BuiltInTier {
  return option === 'objects' ? 'objects' : 'people'
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
