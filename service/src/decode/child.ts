/** One decoder: a process that does one operation after the other, and is ended when it takes too much of anything. */
import type { DecoderInput } from './decoder.ts'
import { createFrameReader, toFrame, writeBytes } from './frames.ts'
import { type DecoderLimits, type DecoderReply, type DecoderRequest, replySchema } from './messages.ts'
import { startChild } from './start-child.ts'
import { residentBytes, watchMemory } from './watch-memory.ts'

/** A request for a child. */
export interface ChildJob {
  readonly operation: string
  readonly params: unknown
  readonly inputs: readonly DecoderInput[]
  readonly seconds: number
}

/** An answer, with the file that came along. */
export interface ChildAnswer {
  readonly reply: DecoderReply
  readonly bytes: Uint8Array
}

/**
 * Why a process is gone. `memory`, `time`: we ended it for what it took; `fault`: it broke; `killed`: somebody else ended it, whatever it was doing; `start`: it never
 * came to be.
 */
export type LossReason = 'memory' | 'time' | 'fault' | 'killed' | 'start'

/** A decoder ended before it had answered. */
export class ChildLost extends Error {
  override readonly name = 'ChildLost'
  readonly reason: LossReason

  constructor(reason: LossReason, lastWords: string) {
    super(`A decoder was lost: ${reason}. ${lastWords}`.trim())
    this.reason = reason
  }
}

/** A running decoder. */
export interface Child {
  readonly pid: number
  isAlive(): boolean
  /** True when it holds so much by now that a fresh one is better: freed memory comes back in pieces only. */
  isWorn(): boolean
  /** @throws ChildLost when it ends before it has answered, and whatever reading the inputs throws */
  perform(job: ChildJob): Promise<ChildAnswer>
  end(): Promise<void>
}

/** No file that is made is larger. */
const maxOutputBytes = 256 * 1024 * 1024

const startSeconds = 30

/**
 * Starts a decoder and waits until it is ready.
 *
 * @param megabytes it may hold
 * @throws ChildLost when it does not start
 */
export async function openChild(limits: DecoderLimits, megabytes: number): Promise<Child> {
  const { stdin, stdout, pid, kill, isAlive, lastWords, end } = startChild(limits, megabytes)
  const reader = createFrameReader(stdout)
  const mostBytes = megabytes * 1024 * 1024
  let endedFor: LossReason | undefined
  const endFor = (reason: LossReason): void => {
    endedFor ??= reason
    kill()
  }

  async function send(request: DecoderRequest, inputs: readonly DecoderInput[]): Promise<void> {
    await writeBytes(stdin, toFrame(request))
    for (const input of inputs) {
      if (input instanceof Uint8Array) await writeBytes(stdin, input)
      else for await (const chunk of await input.open()) await writeBytes(stdin, chunk)
    }
  }

  async function receive(): Promise<ChildAnswer> {
    try {
      const header = await reader.header()
      if (header !== undefined) {
        const reply = replySchema.parse(header)
        const size = reply.outcome === 'done' ? reply.size : 0
        if (size > maxOutputBytes) throw new Error('A decoder made too large a file.')
        const bytes = await reader.bytes(size)
        if (bytes !== undefined) return { reply, bytes }
      }
    } catch {
      // It says what it never should.
      endFor('fault')
    }
    const signal = await end()
    throw new ChildLost(endedFor ?? (isFromOutside(signal) ? 'killed' : 'fault'), lastWords())
  }

  async function within<T>(seconds: number, work: () => Promise<T>): Promise<T> {
    const timer = setTimeout(() => endFor('time'), seconds * 1000)
    const unwatch = watchMemory(pid, mostBytes, () => endFor('memory'))
    try {
      return await work()
    } finally {
      clearTimeout(timer)
      unwatch()
    }
  }

  await within(startSeconds, receive).catch(() => {
    throw new ChildLost('start', lastWords())
  })
  return {
    pid,
    isAlive,
    isWorn: () => (residentBytes(pid) ?? 0) > mostBytes / 2,
    perform: ({ operation, params, inputs, seconds }) =>
      within(seconds, async () => {
        const sizes = inputs.map((input) => (input instanceof Uint8Array ? input.length : input.bytes))
        const [sent, received] = await Promise.allSettled([
          send({ operation, params, sizes }, inputs).catch((error: unknown) => {
            // It waits for bytes that will not come.
            kill()
            throw error
          }),
          receive(),
        ])
        if (sent.status === 'rejected') throw sent.reason
        if (received.status === 'rejected') throw received.reason
        return received.value
      }),
    async end() {
      kill()
      await end()
    },
  }
}

/** What breaks ends by another signal, or with an exit code. */
function isFromOutside(signal: NodeJS.Signals | null): boolean {
  return signal === 'SIGKILL' || signal === 'SIGTERM' || signal === 'SIGINT' || signal === 'SIGHUP'
}
