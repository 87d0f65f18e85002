import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { openOutgoing } from './outgoing.ts'

const endless = (): Readable =>
  Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(65_536)
    })(),
  )

test('whoever does not read on is cut off, and what was held is let go of', async () => {
  const file = endless()
  const closed = new Promise((resolve) => file.once('close', resolve))
  const reader = (await openOutgoing('ada', async () => file, 50))?.getReader()
  expect(await reader?.read()).toMatchObject({ done: false })
  await closed
  await expect(reader?.closed).rejects.toThrow('did not read on')
})

test('what is not there, and what cannot be opened, takes no place', async () => {
  for (let count = 0; count < 50; count += 1) {
    expect(await openOutgoing('eve', async () => undefined)).toBeUndefined()
    await expect(openOutgoing('eve', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  }
  const body = await openOutgoing('eve', async () => endless())
  await body?.cancel()
})
