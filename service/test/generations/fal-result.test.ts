/** fal answers in two steps: that a picture is ready, and where it is. */
import { expect, test } from 'vitest'
import { createFalProvider } from '../../src/providers/fal.ts'
import { startFakeServer } from './providers/fake-server.ts'

test('a picture that is ready and paid is asked for again when a gateway is in the way; what the model says is final', async () => {
  let status = 200
  const server = await startFakeServer(({ path }) =>
    path === '/status'
      ? { status: 200, json: { status: 'COMPLETED' } }
      : { status, json: { images: [{ url: 'https://example.org/picture.png' }], has_nsfw_concepts: [false] } },
  )
  try {
    const { drawing } = createFalProvider('key', server.url)
    if (drawing.kind !== 'asynchronous') throw new Error('fal is asked and looked at.')
    const addresses = { status: `${server.url}/status`, result: `${server.url}/result` }
    const look = () => drawing.look({ requestId: '1', addresses }, AbortSignal.timeout(20_000))
    for (status of [502, 504]) await expect(look()).rejects.toMatchObject({ kind: 'broken' })
    status = 503
    await expect(look()).rejects.toMatchObject({ kind: 'busy' })
    status = 500
    await expect(look()).rejects.toMatchObject({ kind: 'garbage' })
    status = 200
    expect(await look()).toBe('https://example.org/picture.png')
  } finally {
    await server.close()
  }
})
