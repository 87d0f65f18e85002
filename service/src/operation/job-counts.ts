/** How many jobs wait, run and failed. */
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'

export interface JobCount {
  readonly job: string
  readonly state: string
  readonly count: number
}

/** Jobs by kind and state; done ones are not counted, they are forgotten after an hour anyway. */
export async function countJobs(db: Db): Promise<readonly JobCount[]> {
  const { rows } = await sql<JobCount>`
    select name as job, state::text as state, count(*) as count
    from queue.job
    where state < 'completed' or state = 'failed'
    group by name, state
  `.execute(db)
  return rows
}
