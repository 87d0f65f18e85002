/** A page view, as the pages of the service report it. */
import { z } from 'zod'

export const pageViewSchema = z
  .strictObject({
    path: z.string().min(1).max(1000).startsWith('/').meta({ description: 'Path of the page.', example: '/pricing' }),
    referrer: z
      .string()
      .max(2000)
      .optional()
      .meta({ description: 'Where the visitor came from; its host is counted.' }),
  })
  .meta({ id: 'PageView' })

export type PageView = z.infer<typeof pageViewSchema>
