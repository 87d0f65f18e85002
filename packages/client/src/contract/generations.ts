/** Generations: pictures that a provider makes from a photo or from words. */
import { z } from 'zod'
import { idSchema } from './id.ts'
import { pageQuerySchema, pageSchema } from './page.ts'
import { timeSchema } from './time.ts'

/** What a generation does. */
export const generationOperations = ['extend', 'edit', 'generate'] as const

export type GenerationOperation = (typeof generationOperations)[number]

export const generationOperationSchema = z.enum(generationOperations).meta({
  id: 'GenerationOperation',
  description:
    '`extend` adds canvas around a photo and keeps its pixels; `edit` changes a photo, or what a mask shows of it; `generate` makes a picture from words.',
})

/** A rectangle in shares of a picture. */
export const shareRectSchema = z
  .strictObject({
    x: z.number().min(0).max(1),
    y: z.number().min(0).max(1),
    width: z.number().gt(0).max(1),
    height: z.number().gt(0).max(1),
  })
  .meta({ id: 'ShareRect', description: 'A rectangle in shares (0..1) of a picture.' })

export type ShareRect = z.infer<typeof shareRectSchema>

/** How far a wished canvas may reach beyond the photo, in sides of the photo. */
const reach = 4

/** Canvas in shares of the photo: it reaches beyond 0 and 1 where there is to be more, and nowhere stays inside. */
export const canvasSchema = z
  .strictObject({
    x: z.number().min(-reach).max(0),
    y: z.number().min(-reach).max(0),
    width: z
      .number()
      .min(1)
      .max(2 * reach),
    height: z
      .number()
      .min(1)
      .max(2 * reach),
  })
  .refine(({ x, width }) => x + width >= 1, { path: ['width'], message: 'The canvas has to reach the right edge.' })
  .refine(({ y, height }) => y + height >= 1, { path: ['height'], message: 'The canvas has to reach the lower edge.' })
  .meta({
    id: 'Canvas',
    description:
      'The wished canvas in shares of the photo, which it contains: `{ "x": -0.25, "y": 0, "width": 1.5, "height": 1 }` is half as wide again.',
  })

export const ratioSchema = z
  .string()
  .regex(/^[1-9]\d{0,3}(?:\.\d{1,3})?:[1-9]\d{0,3}(?:\.\d{1,3})?$/, 'is not a ratio like 4:5')
  .refine((text) => {
    const [width = 1, height = 1] = text.split(':').map(Number)
    return width / height <= 8 && height / width <= 8
  }, 'is longer than 8:1')
  .meta({ description: 'Width to height.', example: '4:5' })

const point = z.strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) })

const prompt = z.string().trim().min(1).max(4000)

const shared = {
  provider: z
    .string()
    .max(50)
    .optional()
    .meta({ description: 'Who makes it; see /v1/providers. By default the first that can do it.' }),
  project_id: idSchema('project').optional(),
  max_credits: z
    .number()
    .int()
    .min(0)
    .optional()
    .meta({ description: 'Refuse when the price is higher, such as after a quote of yesterday.' }),
}

const extendSchema = z
  .strictObject({
    operation: z.literal('extend'),
    upload_id: idSchema('upload'),
    ratio: ratioSchema.optional(),
    anchor: point.optional().meta({
      description: 'With `ratio`: which point of the new canvas the middle of the photo comes nearest to.',
    }),
    canvas: canvasSchema.optional(),
    prompt: prompt.optional().meta({ description: 'What is to be seen on the new canvas.' }),
    ...shared,
  })
  .refine(({ ratio, canvas }) => (ratio === undefined) !== (canvas === undefined), {
    path: ['ratio'],
    message: 'Give either a ratio or a canvas.',
  })
  .refine(({ anchor, ratio }) => anchor === undefined || ratio !== undefined, {
    path: ['anchor'],
    message: 'An anchor goes with a ratio; a canvas says by itself where the photo lies.',
  })
  .meta({ id: 'ExtendRequest' })

const editSchema = z
  .strictObject({
    operation: z.literal('edit'),
    upload_id: idSchema('upload'),
    mask_upload_id: idSchema('upload').optional().meta({
      description:
        'A picture of the ratio of the photo: white is changed, black is kept exactly, grey is mixed; transparent counts as black.',
    }),
    prompt,
    ...shared,
  })
  .meta({ id: 'EditRequest' })

const generateSchema = z
  .strictObject({
    operation: z.literal('generate'),
    prompt,
    ratio: ratioSchema.default('3:2'),
    ...shared,
  })
  .meta({ id: 'GenerateRequest' })

/** What is asked for; a quote takes the same. */
export const newGenerationSchema = z
  .discriminatedUnion('operation', [extendSchema, editSchema, generateSchema])
  .meta({ id: 'NewGeneration' })

export type NewGeneration = z.output<typeof newGenerationSchema>

/** From `queued` over `running` to one of the others, which are final. */
export const generationStates = ['queued', 'running', 'succeeded', 'failed', 'refused', 'canceled'] as const

export type GenerationState = (typeof generationStates)[number]

export const generationStateSchema = z.enum(generationStates).meta({ id: 'GenerationState' })

/** Why there is no picture, and what to tell people. Codes are permanent; what a provider wrote is never shown. */
export const generationFailures = {
  'content-refused': 'The provider refuses to make this picture. Nothing was spent.',
  'provider-unavailable': 'The provider did not answer as it should. Nothing was spent; try again later.',
  'provider-timeout': 'The provider took too long. Nothing was spent; try again later.',
  'provider-exhausted': 'The provider takes nothing more from this service right now. Nothing was spent.',
  'provider-rejected': 'The provider does not take this request. Nothing was spent.',
  'bad-result': 'What the provider sent is no picture of the kind asked for. Nothing was spent.',
  'source-missing': 'The photo or the mask was deleted meanwhile. Nothing was spent.',
  'not-possible': 'The pictures are too large to be put together here. Nothing was spent.',
  interrupted: 'The work broke off and cannot be taken up safely. Nothing was spent; try again.',
} as const

export type GenerationFailure = keyof typeof generationFailures

const failures: GenerationFailure[] = []
for (const name in generationFailures) if (isGenerationFailure(name)) failures.push(name)

export const generationFailureSchema: z.ZodType<GenerationFailure, GenerationFailure> = z
  .enum(failures)
  .meta({ id: 'GenerationFailure' })

/** True for a code of the table. */
export function isGenerationFailure(name: string): name is GenerationFailure {
  return Object.hasOwn(generationFailures, name)
}

const pixels = z.number().int().min(1)

/** The picture as it will be, known from the start. */
export const plannedPictureSchema = z
  .object({
    width: pixels,
    height: pixels,
    original: shareRectSchema.nullable().meta({
      description:
        'With `extend`: where the photo lies in the picture. Its pixels are there exactly; with a mask they are exact wherever it is black.',
    }),
    drawn_width: pixels.meta({ description: 'Width at which the provider draws; what is new is enlarged from it.' }),
    drawn_height: pixels,
  })
  .meta({ id: 'PlannedPicture' })

/** The picture as it is. */
export const generationOutputSchema = z
  .object({
    width: pixels,
    height: pixels,
    bytes: z.number().int().min(0),
    media_type: z.string(),
    url: z.string().meta({ description: 'Path of its content.' }),
  })
  .meta({ id: 'GenerationOutput' })

/** A generation. */
export const generationSchema = z
  .object({
    id: idSchema('generation'),
    operation: generationOperationSchema,
    state: generationStateSchema,
    provider: z.string(),
    model: z.string(),
    project_id: idSchema('project').nullable(),
    upload_id: idSchema('upload').nullable().meta({ description: 'Null also after the upload was deleted.' }),
    mask_upload_id: idSchema('upload').nullable(),
    prompt: z.string().nullable(),
    credits: z.object({
      reserved: z.number().int().min(0).meta({ description: 'The price, put aside at the start.' }),
      spent: z.number().int().min(0).nullable().meta({ description: 'Null until the generation has ended.' }),
    }),
    picture: plannedPictureSchema,
    output: generationOutputSchema.nullable(),
    failure: z.object({ code: generationFailureSchema, detail: z.string() }).nullable(),
    created_at: timeSchema,
    started_at: timeSchema.nullable(),
    finished_at: timeSchema.nullable(),
  })
  .meta({ id: 'Generation' })

export type GenerationAnswer = z.infer<typeof generationSchema>

export const generationPageSchema = pageSchema(generationSchema).meta({ id: 'GenerationPage' })

export const generationQuerySchema = z.strictObject({
  ...pageQuerySchema.shape,
  project_id: idSchema('project').optional(),
  state: generationStateSchema.optional(),
})

/** What happened to a generation; each becomes an event of its stream, `id` being `seq`. */
export const generationEventTypes = [
  'queued',
  'running',
  'submitted',
  'retrying',
  'succeeded',
  'failed',
  'refused',
  'canceled',
] as const

export type GenerationEventType = (typeof generationEventTypes)[number]

export const generationEventSchema = z
  .object({
    generation_id: idSchema('generation'),
    seq: z.number().int().min(1),
    type: z.enum(generationEventTypes),
    state: generationStateSchema,
    failure_code: generationFailureSchema.nullable(),
    at: timeSchema,
  })
  .meta({ id: 'GenerationEvent', description: 'The data of an event of the stream.' })

export type GenerationEvent = z.infer<typeof generationEventSchema>

/** What one provider can do. */
export const providerOperationSchema = z
  .object({
    operation: generationOperationSchema,
    model: z.string(),
    mask: z.enum(['none', 'optional']).meta({ description: 'Whether `edit` takes a mask.' }),
    prompt: z.enum(['none', 'optional', 'required']),
    max_megapixels: z.number().meta({ description: 'The most that it draws; more is enlarged.' }),
    price: z.object({
      credits: z.number().int().min(0),
      per: z.enum(['picture', 'megapixel']).meta({ description: 'Megapixels are those drawn, rounded up.' }),
    }),
  })
  .meta({ id: 'ProviderOperation' })

export const providerSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    uses_ai: z.boolean(),
    operations: z.array(providerOperationSchema),
  })
  .meta({ id: 'Provider' })

export type ProviderAnswer = z.infer<typeof providerSchema>

export const providerListSchema = z.object({ data: z.array(providerSchema) }).meta({ id: 'ProviderList' })

/** Price and plan of a generation that was not started. */
export const generationQuoteSchema = z
  .object({
    operation: generationOperationSchema,
    provider: providerSchema,
    model: z.string(),
    credits: z.number().int().min(0),
    picture: plannedPictureSchema,
  })
  .meta({ id: 'GenerationQuote' })

export type GenerationQuote = z.infer<typeof generationQuoteSchema>
