/** The models of the built-in detectors, as two packages of MediaPipe ship them. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { HeroError } from '../errors.ts'
import type { ModelFiles } from '../subject/detectors.ts'

const facePackage = '@mediapipe/face_detection'
const personPackage = '@mediapipe/selfie_segmentation'

/** Reads both models. @throws HeroError HERO_MISSING_PACKAGE */
export async function readModels(): Promise<ModelFiles> {
  const [faces, people] = await Promise.all([
    readFrom(facePackage, 'face_detection_full_range.tflite'),
    readFrom(personPackage, 'selfie_segmentation.tflite'),
  ])
  return { faces, people }
}

/** The versions of both packages in one line. @throws HeroError HERO_MISSING_PACKAGE */
export async function modelVersions(): Promise<string> {
  const versions = await Promise.all(
    [facePackage, personPackage].map(async (name) => {
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
    throw new HeroError('HERO_MISSING_PACKAGE', `The subject finder cannot read ${file} of ${name}.`, {
      hint: "Install the dependencies again, or set `detector: 'none'` to do without faces and people.",
      cause,
    })
  }
}
