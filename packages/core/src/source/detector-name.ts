/** Says which detectors look at photos, without loading them: a build that finds everything made needs no more. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { findPackageJSON } from 'node:module'
import { basename, isAbsolute, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { HeroError } from '../errors.ts'
import { FINDER_VERSION } from '../subject/version.ts'
import { type BuiltInTier, modelVersions } from './models.ts'

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

/** The tier that a choice of detectors builds upon. */
export function tierOf(option: DetectorOption): BuiltInTier {
  return option === 'objects' ? 'objects' : 'people'
}
