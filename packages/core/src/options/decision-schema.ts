/** The shape of what a person decides about a photo: the sidecar and the config's `photos` check the same. */
import * as z from 'zod/mini'
import type { Decisions, TextZone } from '../types.ts'
import { findTwin, parseRatio } from './ratio.ts'

/** Rounded to a few decimals, x and width together may lie a little over the edge. */
const edge = 1.000_001

const share: z.ZodMiniNumber = z.number().check(z.minimum(0), z.maximum(1))

const focus = z.strictObject({
  x: share.check(z.describe('Centre, from the left.')),
  y: share.check(z.describe('Centre, from the top.')),
  width: z.exactOptional(share.check(z.describe('Full width of the ellipse; absent for a point.'))),
  height: z.exactOptional(share.check(z.describe('Full height of the ellipse; absent for a point.'))),
})

const rect = z
  .strictObject({ x: share, y: share, width: share.check(z.positive()), height: share.check(z.positive()) })
  .check(z.refine((box) => box.x + box.width <= edge && box.y + box.height <= edge, 'the rectangle leaves the photo'))

/** Where a headline will lie in one crop. */
export const textZone: z.ZodMiniType<TextZone> = z.union([z.enum(['left', 'right', 'top', 'bottom', 'auto']), rect], {
  error: "expected 'left', 'right', 'top', 'bottom', 'auto' or a rectangle { x, y, width, height }",
})

/** How far a crop may shrink. */
export const zoom: z.ZodMiniNumber = z.number().check(z.minimum(0.65), z.maximum(1))

/** Names of crops begin with a letter; whatever begins otherwise has to be a ratio. */
const cropKey = z.string().check(
  z.regex(/^(?:[a-zA-Z][\w-]*|[\d.].*)$/, "expected the name of a crop or a ratio such as '16:9'"),
  z.refine((key) => !/^[\d.]/.test(key) || parseRatio(key) !== undefined, "expected a ratio such as '16:9'"),
)

/** One entry for each crop or ratio, whose spelling is free. */
function perCrop<T>(entry: z.ZodMiniType<T>): z.ZodMiniType<Record<string, T>> {
  const table = z.record(cropKey, entry)
  return table.check(z.refine((entries) => findTwin(Object.keys(entries)) === undefined, 'a ratio is named twice'))
}

/** A schema for each decision; what they yield is what the vocabulary says. */
type DecisionFields = {
  readonly [Key in keyof Decisions]-?: z.ZodMiniExactOptional<z.ZodMiniType<NonNullable<Decisions[Key]>>>
}

/** One field for each decision. */
export const decisionFields: DecisionFields = {
  focus: optional(focus, 'What every crop must hold: a point, or an ellipse.'),
  limits: optional(rect, 'No crop leaves this part of the photo.'),
  crops: optional(
    perCrop(rect),
    "Exact rectangles by name of a crop, or by ratio such as '16:9'; the name comes before the ratio.",
  ),
  text: optional(
    z.union([textZone, perCrop(textZone)], {
      error: "expected 'left', 'right', 'top', 'bottom', 'auto', a rectangle, or one of these for each crop",
    }),
    'Where a headline will lie: in every crop, or by name or ratio of a crop. Rectangles are relative to the crop.',
  ),
  zoom: optional(zoom, "Least share of the largest rectangle's side a crop may shrink to."),
  alt: optional(z.string(), 'Alternative text, for wherever the picture is used without its own.'),
}

function optional<T>(schema: z.ZodMiniType<T>, meaning: string): z.ZodMiniExactOptional<z.ZodMiniType<T>> {
  return z.exactOptional(schema.check(z.describe(meaning)))
}
