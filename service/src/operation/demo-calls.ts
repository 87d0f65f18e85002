/** What the demo asks of the API, as every client would. */
import { z } from 'zod'

/** A demo project's picture. */
export interface Made {
  readonly generationId: string
}

const withId = z.object({ id: z.string() })
const generationFacts = z.object({ id: z.string(), state: z.string() })
const page = z.object({ data: z.array(generationFacts) })

/** How long the demo waits for its picture, ms. */
const patience = 60_000

/** Calls with a token. */
export function createDemoCalls(
  url: string,
  token: string,
): { findOrMake(name: string, photo: Uint8Array): Promise<Made> } {
  const call = async (
    method: string,
    path: string,
    mediaType?: string,
    body?: string | Uint8Array<ArrayBuffer>,
  ): Promise<unknown> => {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        // One demo is made once, however often it is started half-way.
        ...(method === 'POST' ? { 'idempotency-key': `demo ${path}` } : {}),
        ...(mediaType === undefined ? {} : { 'content-type': mediaType }),
      },
      ...(body === undefined ? {} : { body }),
    })
    if (!response.ok)
      throw new Error(
        `The demo could not be made: ${method} ${path} answered ${response.status} ${await response.text()}`,
      )
    return response.json()
  }
  return {
    async findOrMake(name, photo) {
      const { data } = page.parse(await call('GET', '/v1/generations?limit=1'))
      const last = data[0]
      if (last?.state === 'succeeded') return { generationId: last.id }
      const project = withId.parse(await call('POST', '/v1/projects', 'application/json', JSON.stringify({ name })))
      const upload = withId.parse(
        await call('POST', `/v1/uploads?kind=source&project_id=${project.id}`, 'image/jpeg', new Uint8Array(photo)),
      )
      const wish = {
        operation: 'extend',
        provider: 'local',
        upload_id: upload.id,
        ratio: '9:16',
        project_id: project.id,
      }
      const generation = withId.parse(await call('POST', '/v1/generations', 'application/json', JSON.stringify(wish)))
      const until = Date.now() + patience
      while (Date.now() < until) {
        const { state } = generationFacts.parse(await call('GET', `/v1/generations/${generation.id}`))
        if (state === 'succeeded') return { generationId: generation.id }
        if (state !== 'queued' && state !== 'running')
          throw new Error(`The demo's picture could not be made: it is ${state}.`)
        await new Promise((resolve) => setTimeout(resolve, 250))
      }
      throw new Error("The demo's picture was not made within a minute.")
    },
  }
}
