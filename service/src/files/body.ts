/** Reads the body of a request at the pace of whoever takes it, but not at any pace of whoever sends it. */
import { ProblemError } from '../http/problem.ts'

/** How slow a client may be. */
export interface Patience {
  /** Longest time without a byte, ms. */
  readonly silence: number
  /** Longest time for all of it, ms. */
  readonly total: number
}

/** 25 MB in these minutes is a bad mobile line; the server itself would end the request a little later. */
export const patience: Patience = { silence: 30_000, total: 280_000 }

/**
 * The chunks of a body.
 *
 * @throws ProblemError request-timeout when they come too slowly, and an Error when the client goes away
 */
export async function* readBody(
  body: ReadableStream<Uint8Array> | null,
  { silence, total }: Patience = patience,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (body === null) return
  const reader = body.getReader()
  const end = Date.now() + total
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read(), Math.min(silence, end - Date.now()))
      if (done) return
      yield value
    }
  } finally {
    // What is left is not wanted. A body that is broken already has nothing more to say.
    await reader.cancel().catch(() => undefined)
  }
}

async function inTime<T>(read: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ProblemError('request-timeout')), Math.max(ms, 0))
  })
  try {
    return await Promise.race([read, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
