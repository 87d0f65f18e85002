/** The pool of decoders: started when they are needed, replaced when they are lost, one operation at a time in each. */
import { ProblemError } from '../http/problem.ts'
import type { Log } from '../log/log.ts'
import { type Child, type ChildAnswer, type ChildJob, ChildLost, openChild } from './child.ts'
import type { Decoder } from './decoder.ts'
import { refusals } from './messages.ts'
import { operationRules } from './operations.ts'
import { createSlots } from './slots.ts'

/** What decoders may take. */
export interface DecoderOptions {
  /** Processes. */
  readonly processes: number
  /** Memory of each. */
  readonly megabytes: number
  /** Most pixels of a picture, in millions. */
  readonly megapixels: number
  readonly log: Log
}

/** Who comes when so many wait would wait longer than anybody does. */
const maxWaiting = 200

const losses = {
  memory: 'It takes more memory than a picture may.',
  time: 'It takes more time than a picture may.',
  fault: refusals.undecodable,
} as const

/** Creates a pool; nothing is started yet. */
export function createDecoder({ processes, megabytes, megapixels, log }: DecoderOptions): Decoder {
  const slots = createSlots<{ child?: Child }>(
    Array.from({ length: processes }, () => ({})),
    maxWaiting,
  )
  const limits = { pixels: megapixels * 1_000_000 }
  let isClosed = false

  async function perform(owner: string, job: ChildJob): Promise<ChildAnswer> {
    return slots.use(owner, async (slot) => {
      try {
        return await attempt(slot, job)
      } catch (error) {
        // Somebody ended the process, perhaps a system short of memory: that says nothing of the picture.
        if (error instanceof ChildLost && error.reason === 'killed' && !isClosed) return attempt(slot, job)
        throw error
      }
    })
  }

  async function attempt(slot: { child?: Child }, job: ChildJob): Promise<ChildAnswer> {
    if (isClosed) throw new ProblemError('unavailable')
    const child = slot.child?.isAlive() === true ? slot.child : await openChild(limits, megabytes)
    slot.child = child
    // It was closed while the child started, and nobody else will end it.
    if (isClosed) await child.end()
    const answer = await child.perform(job)
    if (child.isWorn()) await child.end()
    return answer
  }

  return {
    async run(operation, inputs, params, owner = '') {
      const rules = operationRules[operation]
      if (inputs.length !== rules.inputs) throw new Error(`The operation ${operation} takes ${rules.inputs} files.`)
      try {
        const { reply, bytes } = await perform(owner, { operation, params, inputs, seconds: rules.seconds })
        if (reply.outcome === 'refused') {
          throw new ProblemError('undecodable-image', { detail: refusals[reply.reason] })
        }
        if (reply.outcome !== 'done') throw new ChildLost('fault', 'It answered nothing.')
        return { facts: rules.facts.parse(reply.facts), bytes }
      } catch (error) {
        if (!(error instanceof ChildLost)) throw error
        log.warn({ err: error, operation }, 'a decoder was lost')
        if (error.reason === 'killed' || error.reason === 'start') {
          throw new ProblemError('unavailable', { headers: { 'Retry-After': '1' }, cause: error })
        }
        throw new ProblemError('undecodable-image', { detail: losses[error.reason], cause: error })
      }
    },
    pids: () => slots.all.flatMap(({ child }) => (child?.isAlive() === true ? [child.pid] : [])),
    async close() {
      isClosed = true
      await Promise.all(slots.all.map(({ child }) => child?.end()))
    },
  }
}
