/** Gets a picture that a provider says is ready. The address is a stranger's, unless it is on the provider's own host, which the operator has named. */
import { request } from 'undici'
import { faultOfConnection, ProviderFault } from './fault.ts'
import type { FetchUntrusted } from './sdk-fetch.ts'

const mostBytes = 64 * 1024 * 1024

/**
 * Creates the function for a provider.
 *
 * @param base address of its API
 * @param fetchUntrusted how addresses of strangers are fetched
 */
export function createFetchPicture(base: string, fetchUntrusted: FetchUntrusted) {
  const { origin } = new URL(base)
  return async (address: string, signal: AbortSignal): Promise<Uint8Array> => {
    try {
      if (!URL.canParse(address)) throw new ProviderFault('garbage')
      // The key stays here: these addresses need none.
      if (new URL(address).origin !== origin) return await fetchUntrusted(address, signal)
      return await fetchOwn(address, signal)
    } catch (error) {
      signal.throwIfAborted()
      throw error instanceof ProviderFault ? error : new ProviderFault(faultOfConnection(error))
    }
  }
}

async function fetchOwn(address: string, signal: AbortSignal): Promise<Uint8Array> {
  const { statusCode, body } = await request(address, { signal })
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new ProviderFault('garbage')
    chunks.push(chunk)
  }
  if (statusCode >= 500 || statusCode === 429) throw new ProviderFault('busy', statusCode)
  if (statusCode !== 200) throw new ProviderFault('garbage', statusCode)
  return Buffer.concat(chunks)
}
