/** For whoever watches the process: is it alive, can it work. */
import { createRoute, z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { isMigrated } from '../database/migrate.ts'
import { answers, json, problemAnswer } from '../http/answers.ts'
import type { Routes } from '../http/env.ts'
import { guard } from '../http/guard.ts'
import { ProblemError } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import type { Service } from '../service.ts'
import type { Drain } from './drain.ts'

const healthSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Health' })

const live = createRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'getHealth',
  tags: ['operation'],
  summary: 'Is the process alive?',
  ...guard('public'),
  responses: answers({ 200: json(healthSchema, 'It is.') }),
})

const ready = createRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'getReadiness',
  tags: ['operation'],
  summary: 'Can the process take requests?',
  ...guard('public'),
  responses: answers({ 200: json(healthSchema, 'It can.'), 503: problemAnswer }),
})

/** A database that does not answer within this time is not there, ms. */
const patience = 2000

/** Routes for probes. A process that drains is alive, but not ready. */
export function healthRoutes({ db }: Pick<Service, 'db'>, drain: Pick<Drain, 'isDraining'>): Routes {
  let knowsSchema = false
  let asking: Promise<boolean | undefined> | undefined
  return createRoutes()
    .openapi(live, (c) => c.json({ status: 'ok' as const }, 200))
    .openapi(ready, async (c) => {
      if (drain.isDraining()) throw new ProblemError('unavailable', { detail: 'The process is stopping.' })
      const reachable = await askTogether()
      if (reachable !== true)
        throw new ProblemError('unavailable', { detail: 'The database does not answer, or misses a migration.' })
      return c.json({ status: 'ok' as const }, 200)
    })

  /** Probes are not limited: however many come at once, they are one question, and leave the connections to everybody else. */
  function askTogether(): Promise<boolean | undefined> {
    asking ??= Promise.race([ask(), wait(patience)]).finally(() => {
      asking = undefined
    })
    return asking
  }

  async function ask(): Promise<boolean> {
    try {
      await sql`select 1`.execute(db)
      // A schema that was complete once does not become less so.
      knowsSchema ||= await isMigrated(db)
      return knowsSchema
    } catch {
      return false
    }
  }
}

function wait(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined).unref())
}
