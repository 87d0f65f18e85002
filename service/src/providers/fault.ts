/** What can go wrong with a provider, in our words: its own may hold keys, addresses and the words of people, so they end here. */
import type { GenerationFailure } from '@hero-image/client/contract'

/** Each kind with what it means for the generation; `again`: the provider said clearly that nothing was done, so it may be asked once more. */
export const faults = {
  /** It does not want to make this picture. */
  refused: { failure: 'content-refused', again: false },
  /** Too many requests, or an error of its own: nothing was made. */
  busy: { failure: 'provider-unavailable', again: true },
  /** The request never left. */
  unreachable: { failure: 'provider-unavailable', again: true },
  /** The connection broke after the request had left: perhaps it is being drawn, and paid for. */
  broken: { failure: 'provider-unavailable', again: false },
  timeout: { failure: 'provider-timeout', again: false },
  /** Our account with it is empty, or locked. */
  exhausted: { failure: 'provider-exhausted', again: false },
  rejected: { failure: 'provider-rejected', again: false },
  /** It answered with something that is no picture: paid, most likely. */
  garbage: { failure: 'bad-result', again: false },
} as const satisfies Record<string, { readonly failure: GenerationFailure; readonly again: boolean }>

export type FaultKind = keyof typeof faults

/** A provider did not draw. */
export class ProviderFault extends Error {
  override readonly name = 'ProviderFault'
  readonly kind: FaultKind
  readonly status: number | undefined

  constructor(kind: FaultKind, status?: number) {
    super(`The provider did not draw: ${kind}${status === undefined ? '' : `, status ${status}`}.`)
    this.kind = kind
    this.status = status
  }
}

/** Said by what stands before the provider: it does not know what became of the request. */
function isOfGateway(status: number): boolean {
  return status === 502 || status === 504 || (status >= 520 && status <= 527)
}

/** What a status says when the body says nothing more exact. */
export function faultOfStatus(status: number): FaultKind {
  if (isOfGateway(status)) return 'broken'
  if (status === 429 || status >= 500) return 'busy'
  if (status === 401 || status === 402 || status === 403) return 'exhausted'
  if (status === 408) return 'timeout'
  return status < 400 ? 'garbage' : 'rejected'
}

/** Codes of errors that happen before a byte of the request has left. */
const unsent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** What a broken connection means: the code decides, wherever in the chain of causes it stands. */
export function faultOfConnection(error: unknown): FaultKind {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each.name === 'TimeoutError' || each.name === 'HeadersTimeoutError' || each.name === 'BodyTimeoutError') {
      return 'timeout'
    }
    if ('code' in each && typeof each.code === 'string' && unsent.has(each.code)) return 'unreachable'
    if (each instanceof AggregateError) return faultOfConnection(each.errors[0])
  }
  return 'broken'
}
