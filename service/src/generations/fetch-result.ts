/** Results of providers lie at addresses that nobody vouches for. */
import { ProviderFault } from '../providers/fault.ts'

/** Gets the bytes of one. @throws ProviderFault */
export async function fetchResult(_address: string, _signal: AbortSignal): Promise<Uint8Array> {
  throw new ProviderFault('garbage')
}
