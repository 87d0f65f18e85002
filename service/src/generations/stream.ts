/** The events of a generation as a stream (SSE). Whoever was cut off comes back with the number of the last event, and gets those after it, each once. */
import type { GenerationEvent } from '@hero-image/client/contract'
import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { Selectable } from 'kysely'
import type { GenerationEventTable } from '../database/tables/generations.ts'
import type { ServiceEnv } from '../http/env.ts'
import { toWireId } from '../keys/uuid.ts'
import type { Service } from '../service.ts'
import type { EventFeed } from './feed.ts'
import { type GenerationRow, isFinal } from './rows.ts'

/** A comment is sent after so much silence, ms: proxies close what says nothing. */
const keepAlive = 15_000

/** A stream looks this often whether the process is stopping, ms. */
const glance = 1000

/**
 * Streams the events of a generation from where the client is.
 *
 * @param begin takes a place among the streams of the account, and gives what frees it again
 * @throws ProblemError too-many-requests
 */
export async function streamEvents(
  c: Context<ServiceEnv>,
  { db, drain }: Pick<Service, 'db' | 'drain'>,
  feed: EventFeed,
  row: GenerationRow,
  begin: () => () => void,
): Promise<Response> {
  let seen = readLastEventId(c.req.header('last-event-id'))
  // Everything was told: this status alone keeps a browser from coming back.
  if (isFinal(row.state) && seen >= row.event_count) return c.body(null, 204)
  c.header('X-Accel-Buffering', 'no')
  // Whoever wants the head alone reads no event, and would wait for ever.
  if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' })
  const end = begin()
  const { signal } = c.req.raw
  const follow = async (stream: SSEStreamingApi): Promise<void> => {
    let saidLast = Date.now()
    let isOver = false
    stream.onAbort(() => {
      isOver = true
      end()
    })
    await stream.write('retry: 1000\n\n')
    while (!isOver && !signal.aborted && !drain.isDraining()) {
      const events = await db
        .selectFrom('generation_event')
        .selectAll()
        .where('generation_id', '=', row.id)
        .where('seq', '>', seen)
        .orderBy('seq')
        .execute()
      for (const event of events) {
        await stream.writeSSE({ id: String(event.seq), event: event.type, data: JSON.stringify(toEvent(event)) })
        seen = event.seq
        saidLast = Date.now()
        if (isFinal(event.state)) return
      }
      if (Date.now() - saidLast > keepAlive) {
        // The generation may be gone with its project or its account.
        if (!(await exists(db, row.id))) return
        await stream.write(': still here\n\n')
        saidLast = Date.now()
      }
      await feed.wait(row.id, seen, glance, signal)
    }
  }
  return streamSSE(c, (stream) => follow(stream).finally(end))
}

async function exists(db: Service['db'], id: string): Promise<boolean> {
  return (await db.selectFrom('generation').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

function readLastEventId(header: string | undefined): number {
  return /^\d{1,9}$/.test(header ?? '') ? Number(header) : 0
}

function toEvent(event: Selectable<GenerationEventTable>): GenerationEvent {
  return {
    generation_id: toWireId('generation', event.generation_id),
    seq: event.seq,
    type: event.type,
    state: event.state,
    failure_code: event.failure_code,
    at: event.created_at.toISOString(),
  }
}
