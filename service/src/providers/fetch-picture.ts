/** Gets a picture that a provider says is ready. The address is a stranger's word, unless it is on the provider's own host, which the operator has named. */
import { fetchUntrusted, UntrustedFetchError } from '../net/fetch-untrusted.ts'
import { type FaultKind, ProviderFault } from './fault.ts'

/** A picture of any size that we would take, ms and bytes. */
const limits = { maxBytes: 64 * 1024 * 1024, timeout: 60_000 }

/** Fetches a picture. @throws ProviderFault, or the reason of the signal */
export type FetchPicture = (address: string, signal: AbortSignal) => Promise<Uint8Array>

/**
 * Creates the function for a provider. Keys stay here: these addresses need none.
 *
 * @param base address of its API
 */
export function createFetchPicture(base: string): FetchPicture {
  const trustedOrigins = [new URL(base).origin]
  return async (address, signal) => {
    try {
      return (await fetchUntrusted(address, { ...limits, trustedOrigins, signal })).bytes
    } catch (error) {
      if (error instanceof UntrustedFetchError) throw new ProviderFault(toKind(error), error.status)
      throw error
    }
  }
}

function toKind({ reason, status = 0 }: UntrustedFetchError): FaultKind {
  if (reason === 'too-slow') return 'timeout'
  // The picture is drawn by then, and paid: this must not look as if it could be had anew for nothing.
  if (reason === 'unreachable' || (reason === 'status' && (status >= 500 || status === 429))) return 'broken'
  return 'garbage'
}
