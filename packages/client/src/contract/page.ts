/** Lists come in pages, newest first. */
import { z } from 'zod'

/** Objects of one page at most. */
export const maxPageSize = 100

/** How to ask for a page. */
export const pageQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(maxPageSize).default(20),
  cursor: z.string().max(500).optional().meta({ description: '`next_cursor` of the page before.' }),
})

export type PageQuery = z.infer<typeof pageQuerySchema>

/** A page of objects; `next_cursor` is null on the last one. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), next_cursor: z.string().nullable() })
}
