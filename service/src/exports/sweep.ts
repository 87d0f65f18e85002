/** Forgets the content of exports whose time is over; that there was one stays known. */
import type { Service } from '../service.ts'

/** Content of so many exports is forgotten at once. */
const batch = 200

/** Forgets what is due. @returns how many files */
export async function sweepExports({ db, clock }: Pick<Service, 'db' | 'clock'>): Promise<number> {
  let count = 0
  for (;;) {
    const forgotten = await db
      .deleteFrom('file')
      .where('id', 'in', (query) =>
        query
          .selectFrom('export')
          .select('file_id')
          .$narrowType<{ file_id: string }>()
          .where('file_id', 'is not', null)
          .where('expires_at', '<=', clock.now())
          .limit(batch),
      )
      .executeTakeFirst()
    count += Number(forgotten.numDeletedRows)
    if (forgotten.numDeletedRows < batch) return count
  }
}
