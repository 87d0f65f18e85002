/** Gets a picture out of a provider: in one call, or by submitting, keeping the ticket, and looking until it is ready. */
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { ProviderFault } from '../providers/fault.ts'
import type { AsynchronousDrawing, Drawing, Provider, Ticket } from '../providers/provider.ts'
import type { Service } from '../service.ts'
import { step } from './change.ts'
import type { GenerationRow } from './rows.ts'
import { Interrupted, Overtaken, ProcessStops } from './stops.ts'

/** A question to a provider. */
export interface Question {
  readonly row: GenerationRow
  readonly provider: Provider
  /** Made only when it is needed: a ticket needs no pictures. */
  readonly drawing: () => Promise<Drawing>
  /** Fires when the answer is no longer wanted. */
  readonly signal: AbortSignal
}

type Parts = Pick<Service, 'db' | 'clock' | 'settings'>

/**
 * Asks.
 *
 * @throws ProviderFault, Interrupted, Overtaken, or the reason of the signal
 */
export async function askProvider(parts: Parts, question: Question): Promise<Uint8Array> {
  const { provider, drawing, signal } = question
  const { drawing: way } = provider
  if (way.kind === 'local') throw new TypeError('The local provider is not asked.')
  if (way.kind === 'synchronous') {
    const prepared = await drawing()
    const timeout = AbortSignal.timeout(parts.settings.HERO_PROVIDER_SECONDS * 1000)
    try {
      return await way.draw(prepared, AbortSignal.any([signal, timeout]))
    } catch (error) {
      throw timeout.aborted && !signal.aborted ? new ProviderFault('timeout') : error
    }
  }
  const { ticket, since } = readTicket(question.row) ?? (await submit(parts, question, way))
  try {
    return await waitFor(parts, way, ticket, since, signal)
  } catch (error) {
    const isGivenUp = signal.aborted || (error instanceof ProviderFault && error.kind === 'timeout')
    // It goes on drawing otherwise, and is paid for it. A process that merely stops leaves it to the next one.
    if (isGivenUp && !(signal.reason instanceof ProcessStops)) await cancelAt(way, ticket)
    throw error
  }
}

interface Submitted {
  readonly ticket: Ticket
  readonly since: Date
}

const addressesSchema = z.record(z.string(), z.string())

function readTicket({ provider_request_id, provider_request, submitted_at }: GenerationRow): Submitted | undefined {
  if (provider_request_id === null || submitted_at === null) return undefined
  return {
    ticket: { requestId: provider_request_id, addresses: addressesSchema.parse(provider_request) },
    since: submitted_at,
  }
}

/**
 * Submits, at most once in the life of a generation: that it is about to happen is written down before, and the ticket before anybody waits. If the process dies between,
 * there may be a picture that nobody can find again; submitting anew might pay for it twice, so the generation fails and the person gets the credits back.
 */
async function submit(
  { db, clock, settings }: Parts,
  { row, drawing }: Question,
  way: AsynchronousDrawing,
): Promise<Submitted> {
  if (row.submitting_at !== null) throw new Interrupted()
  const prepared = await drawing()
  const marked = await db
    .updateTable('generation')
    .set({ submitting_at: clock.now() })
    .where('id', '=', row.id)
    .where('state', '=', 'running')
    .where('attempt', '=', row.attempt)
    .executeTakeFirst()
  if (marked.numUpdatedRows !== 1n) throw new Overtaken()
  // Nothing interrupts this call but the time: an answer that is not heard is lost.
  const ticket = await way.submit(prepared, AbortSignal.timeout(settings.HERO_PROVIDER_SECONDS * 1000))
  const since = clock.now()
  const kept = await db.transaction().execute((trx) =>
    step(trx, {
      id: row.id,
      type: 'submitted',
      at: since,
      attempt: row.attempt,
      set: {
        provider_request_id: ticket.requestId,
        provider_request: JSON.stringify(ticket.addresses),
        submitted_at: since,
      },
    }),
  )
  if (kept === undefined) {
    await cancelAt(way, ticket)
    throw new Overtaken()
  }
  return { ticket, since }
}

/** Between two looks, ms: soon at first, since some pictures are quick. */
const firstPause = 250
const longestPause = 3000

/** Faults of a look that another look may not have; looking costs nothing. */
const passing: ReadonlySet<string> = new Set(['busy', 'unreachable', 'broken', 'timeout'])

async function waitFor(
  { clock, settings }: Parts,
  way: AsynchronousDrawing,
  ticket: Ticket,
  since: Date,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const until = since.getTime() + settings.HERO_PROVIDER_SECONDS * 1000
  for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 1.5)) {
    try {
      const address = await way.look(ticket, signal)
      if (address !== undefined) return await way.fetch(address, signal)
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ProviderFault) || !passing.has(error.kind)) throw error
    }
    if (clock.now().getTime() >= until) throw new ProviderFault('timeout')
    await wait(pause, undefined, { signal })
  }
}

/** As good as it goes: what cannot be canceled is drawn for nobody. */
async function cancelAt(way: AsynchronousDrawing, ticket: Ticket): Promise<void> {
  await way.cancel?.(ticket, AbortSignal.timeout(10_000)).catch(() => undefined)
}
