import { expect, test, vi } from 'vitest'
import { type Patience, readBody } from './body.ts'

const patience: Patience = { silence: 1000, total: 5000 }

async function read(body: ReadableStream<Uint8Array>): Promise<number> {
  let bytes = 0
  for await (const chunk of readBody(body, patience)) bytes += chunk.length
  return bytes
}

/** A body that gives a byte every so often, without end unless it is told. */
function drip(everyMs: number, times = Number.POSITIVE_INFINITY): ReadableStream<Uint8Array> {
  let given = 0
  return new ReadableStream({
    async pull(controller) {
      if (given++ >= times) return controller.close()
      await new Promise((resolve) => setTimeout(resolve, everyMs))
      controller.enqueue(new Uint8Array(1))
    },
  })
}

async function inFakeTime<T>(work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers()
  try {
    const result = work()
    result.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(20_000)
    return await result
  } finally {
    vi.useRealTimers()
  }
}

test('a body that comes in time is read', async () => {
  expect(await inFakeTime(() => read(drip(900, 5)))).toBe(5)
})

test('a body that falls silent is given up', async () => {
  await expect(inFakeTime(() => read(drip(1100)))).rejects.toMatchObject({ code: 'request-timeout' })
})

test('a body that drips for ever is given up', async () => {
  await expect(inFakeTime(() => read(drip(900)))).rejects.toMatchObject({ code: 'request-timeout' })
})

test('whoever has had enough stops reading, and no body is no bytes', async () => {
  let isCancelled = false
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1)),
    cancel() {
      isCancelled = true
    },
  })
  for await (const _ of readBody(body, patience)) break
  expect(isCancelled).toBe(true)
  for await (const chunk of readBody(null)) expect(chunk).toBeUndefined()
})
