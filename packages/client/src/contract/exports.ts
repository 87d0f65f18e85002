/** Exports: a project as files, to be taken away. They are free of charge. */
import { z } from 'zod'
import { idSchema } from './id.ts'
import { pageQuerySchema, pageSchema } from './page.ts'
import { timeSchema } from './time.ts'

/** All kinds with the media type and the name of what they give. */
export const exportKinds = {
  zip: {
    mediaType: 'application/zip',
    extension: 'zip',
    about:
      'pictures, photos, sidecars, options, markup, manifest; under `generated/` what AI generations of the project have made and is still stored, as it was made',
  },
  html: { mediaType: 'text/plain', extension: 'html.txt', about: 'a <picture> for each photo' },
  react: { mediaType: 'text/plain', extension: 'jsx.txt', about: 'JSX for each photo' },
  css: { mediaType: 'text/plain', extension: 'css.txt', about: 'rules that show the photos as backgrounds' },
  preload: { mediaType: 'text/plain', extension: 'preload.txt', about: 'a <link rel="preload"> for each photo' },
  json: { mediaType: 'application/json', extension: 'json', about: 'what an import of each photo yields' },
} as const

/** What an export gives. */
export type ExportKind = keyof typeof exportKinds

export const exportKindSchema = z.enum(['zip', 'html', 'react', 'css', 'preload', 'json']).meta({
  id: 'ExportKind',
  description: Object.entries(exportKinds)
    .map(([kind, { about }]) => `${kind}: ${about}`)
    .join('; '),
})

export const exportStateSchema = z.enum(['queued', 'running', 'succeeded', 'failed']).meta({ id: 'ExportState' })

/** Why an export came to nothing. */
export const exportFailureSchema = z
  .object({
    code: z.enum([
      'photo-failed',
      'no-photos',
      'project-deleted',
      'too-large',
      'took-too-long',
      'storage-full',
      'internal',
    ]),
    detail: z.string(),
    upload_id: idSchema('upload').optional().meta({ description: 'The photo at fault, when it is one.' }),
  })
  .meta({ id: 'ExportFailure' })

export type ExportFailure = z.infer<typeof exportFailureSchema>

/** An export. */
export const exportSchema = z
  .object({
    id: idSchema('export'),
    project_id: idSchema('project'),
    kind: exportKindSchema,
    state: exportStateSchema,
    failure: exportFailureSchema.nullable(),
    bytes: z.number().int().nullable().meta({ description: 'Size of the content, once it is there.' }),
    sha256: z.string().nullable().meta({ description: 'Checksum of the content, in hex.' }),
    created_at: timeSchema,
    finished_at: timeSchema.nullable(),
    expires_at: timeSchema
      .nullable()
      .meta({ description: 'The content is kept until then; make another export afterwards.' }),
  })
  .meta({ id: 'Export' })

export type ExportAnswer = z.infer<typeof exportSchema>

export const exportPageSchema = pageSchema(exportSchema).meta({ id: 'ExportPage' })

/** What to export. The settings of the project count as they are at that moment. */
export const newExportSchema = z
  .strictObject({
    project_id: idSchema('project'),
    kind: exportKindSchema,
    base: z
      .string()
      .max(500)
      .optional()
      .meta({ description: 'What URLs begin with, in place of the `base` of the settings.' }),
  })
  .meta({ id: 'NewExport' })

/** Which exports. */
export const exportQuerySchema = z.strictObject({
  ...pageQuerySchema.shape,
  project_id: idSchema('project').optional(),
})
