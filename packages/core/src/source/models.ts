/** The models of the built-in detectors, as three packages of MediaPipe ship them; the one for objects is installed only where somebody asks for it. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { HeroError } from '../errors.ts'
import type { ModelFiles } from '../subject/detectors.ts'

/** Which built-in detectors look: for faces and people, or for objects as well. */
export type BuiltInTier = 'people' | 'objects'

const facePackage = '@mediapipe/face_detection'
const personPackage = '@mediapipe/selfie_segmentation'
const objectPackage = '@mediapipe/objectron'

/** Reads the models of a tier. @throws HeroError HERO_MISSING_PACKAGE */
export async function readModels(tier: BuiltInTier = 'people'): Promise<ModelFiles> {
  const [faces, people, objects] = await Promise.all([
    readFrom(facePackage, 'face_detection_full_range.tflite'),
    readFrom(personPackage, 'selfie_segmentation.tflite'),
    tier === 'objects' ? readFrom(objectPackage, 'objectron_solution_packed_assets.data') : undefined,
  ])
  return { faces, people, ...(objects === undefined ? {} : { objects }) }
}

/** The versions of a tier's packages in one line. @throws HeroError HERO_MISSING_PACKAGE */
export async function modelVersions(tier: BuiltInTier = 'people'): Promise<string> {
  const names = [facePackage, personPackage, ...(tier === 'objects' ? [objectPackage] : [])]
  const versions = await Promise.all(
    names.map(async (name) => {
      const { version }: { version: string } = JSON.parse((await readFrom(name, 'package.json')).toString())
      return `${name.replace('@mediapipe/', '')} ${version}`
    }),
  )
  return versions.join(', ')
}

async function readFrom(name: string, file: string): Promise<Buffer> {
  try {
    const root = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    return await readFile(join(root, file))
  } catch (cause) {
    throw missingPackage(name, file, cause)
  }
}

function missingPackage(name: string, file: string, cause: unknown): HeroError {
  const hint =
    name === objectPackage
      ? `\`detector: 'objects'\` needs one more package: npm install -D ${name}`
      : "Install the dependencies again, or set `detector: 'none'` to do without faces and people."
  return new HeroError('HERO_MISSING_PACKAGE', `The subject finder cannot read ${file} of ${name}.`, { hint, cause })
}
