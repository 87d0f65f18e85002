/** The shape of what a person decides about a photo: the sidecar and the config's `photos` check the same. */
import * as z from 'zod'
import type { Decisions, TextZone } from '../types.ts'
import { parseRatio } from './ratio.ts'

/** Rounded to a few decimals, x and width together may lie a little over the edge. */
const edge = 1.000_001

const share: z.ZodNumber = z.number().min(0).max(1)

const focus = z.strictObject({
  x: share.describe('Centre, from the left.'),
  y: share.describe('Centre, from the top.'),
  width: share.describe('Full width of the ellipse; absent for a point.').exactOptional(),
  height: share.describe('Full height of the ellipse; absent for a point.').exactOptional(),
})

const rect = z
  .strictObject({ x: share, y: share, width: share.positive(), height: share.positive() })
  .refine((box) => box.x + box.width <= edge && box.y + box.height <= edge, 'the rectangle leaves the photo')

/** Where a headline will lie in one crop. */
export const textZone: z.ZodType<TextZone> = z.union([z.enum(['left', 'right', 'top', 'bottom', 'auto']), rect], {
  error: "expected 'left', 'right', 'top', 'bottom', 'auto' or a rectangle { x, y, width, height }",
})

/** How far a crop may shrink. */
export const zoom: z.ZodNumber = z.number().min(0.65).max(1)

/** Names of crops begin with a letter; whatever begins otherwise has to be a ratio. */
const cropKey = z
  .string()
  .regex(/^(?:[a-zA-Z][\w-]*|[\d.].*)$/, "expected the name of a crop or a ratio such as '16:9'")
  .refine((key) => !/^[\d.]/.test(key) || parseRatio(key) !== undefined, "expected a ratio such as '16:9'")

/** A schema for each decision; what they yield is what the vocabulary says. */
type DecisionFields = {
  readonly [Key in keyof Decisions]-?: z.ZodExactOptional<z.ZodType<NonNullable<Decisions[Key]>>>
}

/** One field for each decision. */
export const decisionFields: DecisionFields = {
  focus: focus.describe('What every crop must hold: a point, or an ellipse.').exactOptional(),
  limits: rect.describe('No crop leaves this part of the photo.').exactOptional(),
  crops: z
    .record(cropKey, rect)
    .describe("Exact rectangles by name of a crop, or by ratio such as '16:9'; the name comes before the ratio.")
    .exactOptional(),
  text: z
    .union([textZone, z.record(cropKey, textZone)], {
      error: "expected 'left', 'right', 'top', 'bottom', 'auto', a rectangle, or one of these for each crop",
    })
    .describe(
      'Where a headline will lie: in every crop, or by name or ratio of a crop. Rectangles are relative to the crop.',
    )
    .exactOptional(),
  zoom: zoom.describe("Least share of the largest rectangle's side a crop may shrink to.").exactOptional(),
  alt: z.string().describe('Alternative text, for wherever the picture is used without its own.').exactOptional(),
}
