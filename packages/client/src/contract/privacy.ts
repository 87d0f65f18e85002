/** What people may do about what is stored of them: take it with them, and have it erased. */
import { z } from 'zod'
import { idSchema } from './id.ts'
import { pageSchema } from './page.ts'
import { timeSchema } from './time.ts'

export const dataExportSchema = z
  .object({
    id: idSchema('dataExport'),
    state: z.enum(['waiting', 'ready', 'failed']),
    bytes: z.number().int().nullable(),
    sha256: z.string().nullable().meta({ description: 'Of the file, in hexadecimal digits.' }),
    created_at: timeSchema,
    expires_at: timeSchema.meta({ description: 'When the file goes.' }),
  })
  .meta({ id: 'DataExport' })

export type DataExport = z.infer<typeof dataExportSchema>

export const dataExportPageSchema = pageSchema(dataExportSchema).meta({ id: 'DataExportPage' })

export type DataExportPage = z.infer<typeof dataExportPageSchema>

/** `manifest.json` of an export: what else is in it. */
export const dataExportManifestSchema = z.object({
  version: z.literal(1),
  service: z.string(),
  created_at: timeSchema,
  tables: z.record(z.string(), z.object({ rows: z.number().int(), about: z.string() })),
  files: z.array(
    z.object({
      path: z.string(),
      bytes: z.number().int(),
      sha256: z.string(),
    }),
  ),
  not_included: z
    .record(z.string(), z.string())
    .meta({ description: 'What is stored and not in here, with the reason.' }),
})

export type DataExportManifest = z.infer<typeof dataExportManifestSchema>

export const erasureSchema = z
  .object({
    erasure_due_at: timeSchema.meta({ description: 'Until then the link in the mail brings the account back.' }),
  })
  .meta({ id: 'Erasure' })

export type Erasure = z.infer<typeof erasureSchema>

export const restoreSchema = z
  .strictObject({
    token: z.string().min(1).max(500).optional().meta({
      description: 'From the link in the mail; not needed by somebody who has signed in again meanwhile.',
    }),
  })
  .meta({ id: 'Restore' })

export type Restore = z.infer<typeof restoreSchema>
