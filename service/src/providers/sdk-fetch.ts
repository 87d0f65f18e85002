/** `fetch` for the AI SDK: our undici, answers of bounded size, and addresses that are not the provider's own only through the guard for strangers. */
import { fetch } from 'undici'
import { ProviderFault } from './fault.ts'
import { createFetchPicture } from './fetch-picture.ts'

/** A picture of 16 megapixels as base64 in JSON. */
const mostBytes = 96 * 1024 * 1024

/** What the SDK calls instead of the global one. */
export function createSdkFetch(base: string): typeof globalThis.fetch {
  const { origin } = new URL(base)
  const fetchPicture = createFetchPicture(base)
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input)
    if (new URL(address).origin !== origin) {
      const bytes = await fetchPicture(address, init?.signal ?? AbortSignal.timeout(60_000))
      return new Response(new Uint8Array(bytes))
    }
    // Forms go through the encoder of the runtime, which knows its own FormData.
    const encoded = new Request(address, init)
    const body = encoded.body === null ? undefined : await encoded.arrayBuffer()
    const answer = await fetch(address, {
      method: encoded.method,
      headers: [...encoded.headers],
      ...(body === undefined ? {} : { body }),
      // Followed, a redirect would take our key along.
      redirect: 'error',
      signal: init?.signal ?? null,
    })
    const headers = new Headers()
    for (const [name, value] of answer.headers) headers.append(name, value)
    const text = answer.body === null ? new Uint8Array() : await readBounded(answer.body)
    return new Response(text, { status: answer.status, headers: withoutEncoding(headers) })
  }
}

async function readBounded(body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) throw new ProviderFault('garbage')
    chunks.push(chunk)
  }
  const whole = new Uint8Array(bytes)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.byteLength
  }
  return whole
}

/** The bytes are decoded already. */
function withoutEncoding(headers: Headers): Headers {
  headers.delete('content-encoding')
  headers.delete('content-length')
  return headers
}
