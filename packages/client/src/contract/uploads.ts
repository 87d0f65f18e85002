/** Pictures that people send. */
import { z } from 'zod'
import { idSchema } from './id.ts'
import { lineSchema } from './line.ts'
import { pageQuerySchema, pageSchema } from './page.ts'
import { timeSchema } from './time.ts'

/** Media types that are taken; what the file really is counts, not what the request says. */
export const uploadTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const

/** What an upload can be for. */
export const uploadKinds = ['source', 'mask', 'attachment'] as const

export const uploadKindSchema = z
  .enum(uploadKinds)
  .meta({ id: 'UploadKind', description: 'A photo, a mask for an edit, or a picture for a message to support.' })

export type UploadKind = z.infer<typeof uploadKindSchema>

/** What is said with a file: in the query, or in fields of a form. */
export const newUploadSchema = z.strictObject({
  kind: uploadKindSchema.optional().meta({ description: 'What it is for; `source` when nothing is said.' }),
  project_id: idSchema('project').optional().meta({ description: 'Project that it belongs to.' }),
  name: lineSchema(255).optional().meta({ description: 'Name of the file.', example: 'beach.jpg' }),
})

export type NewUpload = z.infer<typeof newUploadSchema>

export const uploadSchema = z
  .object({
    id: idSchema('upload'),
    kind: uploadKindSchema,
    project_id: idSchema('project').nullable(),
    name: z.string().nullable(),
    media_type: z.enum(uploadTypes),
    width: z.number().int().meta({ description: 'As people see it, after its orientation.' }),
    height: z.number().int(),
    bytes: z.number().int(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .meta({ description: 'Hash of the file as it was sent, and as it is given back.' }),
    created_at: timeSchema,
  })
  .meta({ id: 'Upload' })

export type Upload = z.infer<typeof uploadSchema>

export const uploadPageSchema = pageSchema(uploadSchema).meta({ id: 'UploadPage' })

export const uploadQuerySchema = pageQuerySchema.extend({
  kind: uploadKindSchema.optional(),
  project_id: idSchema('project').optional(),
})

export type UploadQuery = z.output<typeof uploadQuerySchema>
