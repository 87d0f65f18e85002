/** What happens in a project, for people to look back at: every type of event with what it says. Types are permanent. */
import { z } from 'zod'
import { idSchema } from './id.ts'
import { pageSchema } from './page.ts'
import { timeSchema } from './time.ts'

const upload = z.object({ upload_id: idSchema('upload'), name: z.string().nullable() })
const generation = z.object({ generation_id: idSchema('generation'), operation: z.string() })
const exported = z.object({ export_id: idSchema('export'), kind: z.string() })

/** All types of events, with their data. */
export const projectEvents = {
  'project.created': z.object({ name: z.string() }),
  'project.renamed': z.object({ from: z.string(), to: z.string() }),
  'project.settings-changed': z.object({
    fields: z.array(z.string()).meta({ description: 'Which of the settings have changed.' }),
  }),
  'project.deleted': z.object({}),
  'project.restored': z.object({}),
  'upload.added': upload,
  'upload.deleted': upload,
  'generation.started': generation,
  'generation.succeeded': generation,
  'generation.failed': generation,
  'generation.refused': generation,
  'generation.canceled': generation,
  'export.started': exported,
  'export.succeeded': exported,
  'export.failed': exported,
  'export.deleted': exported,
} as const

/** Type of an event. */
export type ProjectEventType = keyof typeof projectEvents

/** What an event of a type says. */
export type ProjectEventData<Type extends ProjectEventType> = z.input<(typeof projectEvents)[Type]>

/** An event as it is told. */
export const projectEventSchema = z
  .object({
    id: idSchema('event'),
    type: z.string().meta({ description: `One of: ${Object.keys(projectEvents).join(', ')}.` }),
    data: z.record(z.string(), z.unknown()).meta({ description: 'What belongs to the type.' }),
    created_at: timeSchema,
  })
  .meta({ id: 'ProjectEvent' })

export const projectEventPageSchema = pageSchema(projectEventSchema).meta({ id: 'ProjectEventPage' })
