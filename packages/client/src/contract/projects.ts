/** Projects: photos that belong together, and how pictures are made of them. */
import { z } from 'zod'
import { exportSettingsSchema } from './export-settings.ts'
import { idSchema } from './id.ts'
import { lineSchema } from './line.ts'
import { pageQuerySchema, pageSchema } from './page.ts'
import { timeSchema } from './time.ts'

const name = lineSchema(200).meta({ example: 'Spring campaign' })

/** A project. */
export const projectSchema = z
  .object({
    id: idSchema('project'),
    name: z.string(),
    settings: exportSettingsSchema,
    version: z.number().int().meta({ description: 'Counts changes; it is the ETag, too.' }),
    created_at: timeSchema,
    updated_at: timeSchema,
    deleted_at: timeSchema.nullable().meta({ description: 'Set while it can still be restored.' }),
  })
  .meta({ id: 'Project' })

export type ProjectAnswer = z.infer<typeof projectSchema>

export const projectPageSchema = pageSchema(projectSchema).meta({ id: 'ProjectPage' })

/** What a new project is made of. */
export const newProjectSchema = z
  .strictObject({ name, settings: exportSettingsSchema.optional() })
  .meta({ id: 'NewProject' })

/** What can be changed. Settings are replaced as a whole. */
export const projectChangeSchema = z
  .strictObject({ name: name.optional(), settings: exportSettingsSchema.optional() })
  .refine((change) => Object.keys(change).length > 0, 'changes nothing')
  .meta({ id: 'ProjectChange' })

/** Which projects. */
export const projectQuerySchema = z.strictObject({
  ...pageQuerySchema.shape,
  deleted: z.stringbool().default(false).meta({
    type: 'boolean',
    description: 'Those that were deleted and can be restored, instead of all others.',
  }),
})
