/** What a generation is going to be, decided once from the request: sizes, places, price. Kept with the generation, so nothing is decided twice. Pure. */
import type { NewGeneration } from '@hero-image/client/contract'
import { largestSize, type Rect, type Size } from '@hero-image/core/crop'
import { z } from 'zod'
import { invalidField, ProblemError } from '../http/problem.ts'
import { creditsFor } from '../providers/price.ts'
import type { Capability } from '../providers/provider.ts'
import { type DrawnFrame, frameCanvas, frameRatio } from '../providers/sizes.ts'
import { canvasOf, ratioOf } from './canvas.ts'

const side = z.number().int().min(1)
const sizeSchema = z.object({ width: side, height: side })
const rectSchema = z.object({ left: z.number().int(), top: z.number().int(), width: side, height: side })

/** A plan as it is kept. */
export const planSchema = z.object({
  /** Size of the photo. */
  source: sizeSchema.nullable(),
  /** Size of the picture that is delivered. */
  canvas: sizeSchema,
  /** Where the photo lies in it, px: `extend` alone. */
  original: rectSchema.nullable(),
  /** Whether a mask came along; its file may be gone later. */
  masked: z.boolean(),
  /** Size in which the provider draws, and where the canvas lies in that. */
  drawn: z.object({ size: sizeSchema, frame: rectSchema }),
})

export type Plan = z.infer<typeof planSchema>

/** A plan with its price. */
export interface PricedPlan {
  readonly plan: Plan
  readonly credits: number
}

/** What limits a picture, whoever draws it. */
export interface PlanLimits {
  readonly pixels: number
}

/** Pixels that a picture from words has about. */
const generatedPixels = 1_500_000

/**
 * Decides.
 *
 * @param source size of the photo, as people see it; undefined for `generate`
 * @throws ProblemError invalid-fields or unsupported-operation
 */
export function planGeneration(
  request: NewGeneration,
  capability: Capability,
  source: Size | undefined,
  limits: PlanLimits,
): PricedPlan {
  checkAbilities(request, capability)
  const plan = decide(request, capability, source, limits)
  return { plan, credits: creditsFor(capability, plan.drawn.size) }
}

function decide(request: NewGeneration, { sizes }: Capability, source: Size | undefined, limits: PlanLimits): Plan {
  if (request.operation === 'generate') {
    const drawn = found(frameRatio(sizes, ratioOf(request.ratio), generatedPixels), '/ratio')
    return {
      source: null,
      canvas: { width: drawn.frame.width, height: drawn.frame.height },
      original: null,
      masked: false,
      drawn,
    }
  }
  if (source === undefined) throw invalidField('/upload_id', 'is no picture.')
  if (request.operation === 'extend') {
    const { canvas, original } = canvasOf(source, request)
    if (canvas.width * canvas.height > limits.pixels) {
      const pointer = request.ratio === undefined ? '/canvas' : '/ratio'
      throw invalidField(pointer, `makes a picture of more than ${Math.floor(limits.pixels / 1e6)} megapixels.`)
    }
    return { source, canvas, original, masked: false, drawn: found(frameCanvas(sizes, canvas), '/ratio') }
  }
  const drawn = found(frameCanvas(sizes, source), '/upload_id')
  // With a mask the photo stays the size it is; without one all of it is drawn anew, and enlarging that would only pretend.
  const canvas =
    request.mask_upload_id === undefined && drawn.frame.width < source.width
      ? largestSize(drawn.frame, source.width / source.height)
      : source
  return { source, canvas, original: null, masked: request.mask_upload_id !== undefined, drawn }
}

function checkAbilities(request: NewGeneration, capability: Capability): void {
  if (request.operation === 'edit' && request.mask_upload_id !== undefined && capability.mask === 'none') {
    throw new ProblemError('unsupported-operation', {
      detail: 'This provider takes no mask.',
      errors: [{ pointer: '/mask_upload_id', detail: 'is not possible with this provider.' }],
    })
  }
  if (request.prompt !== undefined && capability.prompt === 'none') {
    throw new ProblemError('unsupported-operation', {
      detail: 'This provider takes no words.',
      errors: [{ pointer: '/prompt', detail: 'is not possible with this provider.' }],
    })
  }
}

function found(drawn: DrawnFrame | undefined, pointer: string): DrawnFrame {
  if (drawn !== undefined) return drawn
  throw new ProblemError('unsupported-operation', {
    detail: 'This provider draws no picture that long and narrow.',
    errors: [{ pointer, detail: 'is too extreme for this provider.' }],
  })
}

/** Where the photo lies in the drawn picture. */
export function originalInDrawn({ canvas, original, drawn: { frame } }: Plan): Rect {
  const place = original ?? { left: 0, top: 0, ...canvas }
  const across = frame.width / canvas.width
  const down = frame.height / canvas.height
  const left = frame.left + Math.round(place.left * across)
  const top = frame.top + Math.round(place.top * down)
  return {
    left,
    top,
    width: Math.max(1, frame.left + Math.round((place.left + place.width) * across) - left),
    height: Math.max(1, frame.top + Math.round((place.top + place.height) * down) - top),
  }
}
