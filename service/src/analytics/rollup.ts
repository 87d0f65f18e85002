/** Sums hits up by day. Today and yesterday are summed up anew each time: all their hits are still there, older sums stay as they are. */
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import type { Dimension } from '../database/tables/analytics.ts'
import type { JobHandlers } from '../queue/queue.ts'
import type { Service } from '../service.ts'
import { toDay } from './visitor.ts'

/** By what is summed up, besides all of a day. */
const columns = ['path', 'referrer_host', 'browser', 'os', 'device', 'country'] as const satisfies Dimension[]

const dayMs = 86_400_000

/** Values of a day that are kept, the most seen ones: browsers say what they like, and sums have no end. */
const mostValues = 1000

/** The job. */
export function analyticsJobs({ db, clock }: Service): JobHandlers {
  return {
    async 'analytics-rollup'() {
      const now = clock.now()
      for (const day of [toDay(new Date(now.getTime() - dayMs)), toDay(now)]) {
        await db.transaction().execute((trx) => sumUp(trx, day))
      }
    },
  }
}

/** Replaces the sums of a day by those of its hits. */
async function sumUp(trx: Db, day: string): Promise<void> {
  const hit = await trx.selectFrom('analytics_hit').select('id').where('day', '=', day).limit(1).executeTakeFirst()
  if (hit === undefined) return
  await trx.deleteFrom('analytics_day').where('day', '=', day).execute()
  await sql`
    insert into analytics_day (day, dimension, value, views, visitors)
    select day, 'all', '', count(*), count(distinct visitor) from analytics_hit where day = ${day}::date group by day
  `.execute(trx)
  for (const column of columns) {
    await sql`
      insert into analytics_day (day, dimension, value, views, visitors)
      select day, ${column}, ${sql.ref(column)}, count(*), count(distinct visitor)
      from analytics_hit where day = ${day}::date group by day, ${sql.ref(column)}
      order by count(*) desc, ${sql.ref(column)} limit ${mostValues}
    `.execute(trx)
  }
}
