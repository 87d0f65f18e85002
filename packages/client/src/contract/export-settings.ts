/** How the pictures of a project are made: the options of the engine, as far as they belong to a project. What is left out is the engine's own default. */
import { z } from 'zod'
import { idSchema } from './id.ts'

/** Bounds on what one project may ask for: they keep an export a matter of minutes, and the arithmetic on media conditions one of milliseconds. */
export const exportLimits = { crops: 8, widths: 16, photos: 200, generated: 1000 } as const

const share = z.number().min(0).max(1)
const format = z.enum(['avif', 'webp', 'jpeg', 'png', 'gif'])
const quality = z.number().int().min(1).max(100)
const formats = z.array(format).min(1).max(5)
const qualities = z.union([quality, z.partialRecord(format, quality)])
const widths = z.array(z.number().int().min(1).max(16_383)).min(1).max(exportLimits.widths)
const sizes = z.string().min(1).max(1000)
const zoom = z.number().min(0.65).max(1)

/** A part of the photo, in shares of it. */
const rectSchema = z
  .strictObject({ x: share, y: share, width: share, height: share })
  .meta({ id: 'RelativeRect', description: 'A rectangle in shares of the photo (or of the crop, for texts), 0 to 1.' })

const textZoneSchema = z
  .union([z.enum(['left', 'right', 'top', 'bottom', 'auto']), rectSchema])
  .meta({ id: 'TextZone', description: 'Where a headline lies.' })

/** One art-directed view. */
export const cropSchema = z
  .strictObject({
    name: z
      .string()
      .max(50)
      .regex(/^[a-zA-Z][\w-]*$/, 'is no name of letters, digits, - and _ that begins with a letter'),
    ratio: z.union([z.string().max(30), z.number()]).meta({
      description: "Aspect ratio: '16:9', '4/5', a number (width ÷ height), or 'source' for the photo's own.",
    }),
    media: z.string().min(1).max(200).optional().meta({ description: 'CSS media condition under which it is shown.' }),
    sizes: sizes.optional().meta({ description: 'CSS `sizes` while it is shown.' }),
    widths: widths.optional().meta({ description: 'Widths in px instead of chosen ones.' }),
    text: textZoneSchema.optional(),
    zoom: zoom
      .optional()
      .meta({ description: "How far it may zoom in, as the least share of the largest rectangle's side." }),
  })
  .meta({ id: 'Crop' })

/** What a person decided about one photo: what its sidecar says. */
export const photoDecisionsSchema = z
  .strictObject({
    alt: z
      .string()
      .max(2000)
      .optional()
      .meta({ description: "Alternative text; '' says that the photo is decoration." }),
    focus: z.strictObject({ x: share, y: share, width: share.optional(), height: share.optional() }).optional().meta({
      description: 'What every crop must hold: a point, or an ellipse.',
    }),
    limits: rectSchema.optional().meta({ description: 'No crop leaves this part of the photo.' }),
    crops: z.record(z.string().max(50), rectSchema).optional().meta({
      description: "Exact rectangles by name of a crop, or by ratio such as '16:9'.",
    }),
    text: z
      .union([textZoneSchema, z.record(z.string().max(50), textZoneSchema)])
      .optional()
      .meta({
        description: 'Where a headline lies: in every crop, or by name or ratio of a crop.',
      }),
    zoom: zoom.optional(),
  })
  .meta({ id: 'PhotoDecisions' })

export type PhotoDecisions = z.infer<typeof photoDecisionsSchema>

/** Which language markup is written in. */
export const markupSchema = z.enum(['html', 'react']).meta({ id: 'Markup' })

/** Export settings of a project. Crops are a list, since their order counts and the keys of a JSON object have none. */
export const exportSettingsSchema = z
  .strictObject({
    crops: z.array(cropSchema).min(1).max(exportLimits.crops).superRefine(checkCrops).optional().meta({
      description:
        'In the order in which their `media` is tried; the last one has none and is the default crop. Absent: wide, standard and tall.',
    }),
    formats: formats.optional().meta({ description: 'In order of preference, the universally readable one last.' }),
    sizes: sizes.optional().meta({ description: 'CSS `sizes` of the picture: how wide it is shown.' }),
    quality: qualities.optional().meta({ description: 'For all formats, or by format, in the scale of each encoder.' }),
    effort: z.enum(['fast', 'default', 'smallest']).optional().meta({ description: 'How hard the encoders try.' }),
    max_width: z.number().int().min(1).max(16_383).optional().meta({ description: 'Widest file ever made, in px.' }),
    max_density: z.number().min(1).max(4).optional().meta({
      description: 'Highest device pixel ratio that gets its own pixels.',
    }),
    placeholder: z.boolean().optional().meta({ description: 'A blurred preview made of CSS alone.' }),
    metadata: z.enum(['none', 'copyright']).optional().meta({ description: 'What is kept of the metadata.' }),
    markup: markupSchema.optional().meta({ description: "Language of the markup in a ZIP. Absent: 'html'." }),
    base: z
      .string()
      .max(500)
      .optional()
      .meta({ description: "What URLs in the markup begin with. Absent: 'images/'." }),
    photos: z
      .record(idSchema('upload'), photoDecisionsSchema)
      .refine(
        (photos) => Object.keys(photos).length <= exportLimits.photos,
        `has more than ${exportLimits.photos} photos`,
      )
      .optional()
      .meta({ description: 'What was decided about single photos, by upload.' }),
  })
  .meta({ id: 'ExportSettings' })

export type ExportSettings = z.infer<typeof exportSettingsSchema>

/** Every screen gets a crop, and every crop a screen. */
function checkCrops(crops: readonly z.infer<typeof cropSchema>[], context: z.RefinementCtx): void {
  crops.forEach(({ name, media }, index) => {
    const isLast = index === crops.length - 1
    const complain = (field: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [index, field], message })
    if (crops.findIndex((crop) => crop.name === name) !== index) complain('name', 'is the name of another crop, too')
    if (!isLast && media === undefined) complain('media', 'is missing, so later crops are never shown')
    if (isLast && media !== undefined) complain('media', 'must not be there: the last crop is for all other screens')
  })
}
