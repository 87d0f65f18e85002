/** Loads a detector that the user names, and accepts only well-formed subjects from it. */
import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as z from 'zod'
import { HeroError } from '../errors.ts'
import type { Locate, RgbRaster, Subject } from '../types.ts'

const share = z.number().min(0).max(1)
const subjectSchema = z.object({
  by: z.string().min(1),
  boxes: z.array(
    z.object({
      kind: z.string().min(1),
      box: z.object({ x: share, y: share, width: share, height: share }),
      weight: z.number().positive(),
    }),
  ),
})

/**
 * Imports the module and wraps its default export so that every failure is `HERO_DETECTOR_FAILED`.
 *
 * @param module Absolute path, `file:` URL, or a specifier that Node resolves.
 */
export async function loadLocate(module: string, file: string): Promise<Locate> {
  const fail = (reason: string, cause?: unknown): HeroError =>
    new HeroError('HERO_DETECTOR_FAILED', `The detector ${module} ${reason}.`, { file, cause })
  const loaded: unknown = await import(isAbsolute(module) ? pathToFileURL(module).href : module).catch(
    (cause: unknown) => {
      throw fail(`cannot be loaded (${toMessage(cause)})`, cause)
    },
  )
  const found: unknown =
    typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined
  if (typeof found !== 'function') throw fail('has no default export that is a function')
  return async (raster: RgbRaster): Promise<Subject> => {
    const answer: unknown = await Promise.resolve(raster)
      .then((input): unknown => Reflect.apply(found, undefined, [input]))
      .catch((cause: unknown) => {
        throw fail(`failed (${toMessage(cause)})`, cause)
      })
    const checked = subjectSchema.safeParse(answer)
    if (!checked.success) throw fail(`returned no Subject: ${z.prettifyError(checked.error).replaceAll('\n', ' ')}`)
    return checked.data
  }
}

function toMessage(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
