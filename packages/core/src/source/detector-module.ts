/** Loads a detector that the user names, and accepts only well-formed boxes from it. */
import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as z from 'zod/mini'
import { HeroError } from '../errors.ts'
import { detectorWords } from '../options/detector-words.ts'
import { suggestNear } from '../options/suggest.ts'
import type { Detect, DetectedBox, RelativeRect, RgbRaster } from '../types.ts'

/** Boxes may stand out a little, as those of most detectors do; numbers beyond that are pixels, or wrong. */
const place = z.number().check(z.minimum(-0.5, tooFar()), z.maximum(1.5, tooFar()))
const side = z.number().check(z.positive(), z.maximum(2, tooFar()))
const boxesSchema = z.array(
  z.object({
    label: z.string().check(z.minLength(1)),
    score: z.number().check(z.minimum(0), z.maximum(1)),
    box: z.object({ x: place, y: place, width: side, height: side }),
  }),
)

function tooFar(): string {
  return 'expected a share of the photo, 0..1'
}

/**
 * Imports the module and wraps its default export so that every failure is `HERO_DETECTOR_FAILED`.
 *
 * @param module Absolute path, `file:` URL, or a specifier that Node resolves.
 * @param file Path of the photo, for messages.
 */
export async function loadDetectorModule(module: string, file: string, builtIn: Detect): Promise<Detect> {
  const fail = (reason: string, cause?: unknown, hint?: string): HeroError =>
    new HeroError('HERO_DETECTOR_FAILED', `The detector ${module} ${reason}.`, {
      file,
      cause,
      ...(hint === undefined ? {} : { hint }),
    })
  // A template for the sake of webpack: see options/config-file.ts.
  const loaded: unknown = await import(`${isAbsolute(module) ? pathToFileURL(module).href : module}`).catch(
    (cause: unknown) => {
      throw fail(`cannot be loaded (${toMessage(cause)})`, cause, suggestNear(module, detectorWords))
    },
  )
  const found: unknown =
    typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined
  if (typeof found !== 'function') throw fail('has no default export that is a function')
  return async (rgb: RgbRaster): Promise<readonly DetectedBox[]> => {
    const answer: unknown = await Promise.resolve(rgb)
      .then((input): unknown => Reflect.apply(found, undefined, [input, builtIn]))
      .catch((cause: unknown) => {
        throw fail(`failed (${toMessage(cause)})`, cause)
      })
    const checked = boxesSchema.safeParse(answer)
    if (!checked.success) {
      const [issue] = checked.error.issues
      const path = issue?.path.length ? `at ${issue.path.join('.')}: ` : ''
      throw fail(`returned no boxes (${path}${issue?.message ?? 'wrong'})`)
    }
    return checked.data.flatMap(({ label, score, box }) => {
      const inside = cutAtEdges(box)
      return inside.width > 0 && inside.height > 0 ? [{ label, score, box: inside }] : []
    })
  }
}

function cutAtEdges({ x, y, width, height }: RelativeRect): RelativeRect {
  const inside = (value: number): number => Math.min(1, Math.max(0, value))
  const [left, top] = [inside(x), inside(y)]
  return { x: left, y: top, width: inside(x + width) - left, height: inside(y + height) - top }
}

function toMessage(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
