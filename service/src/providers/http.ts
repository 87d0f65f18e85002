/** Calls to the asynchronous providers: one request, JSON in and out, nothing repeated, nothing of the answer kept but what is read. */
import { request } from 'undici'
import { faultOfConnection, ProviderFault } from './fault.ts'

/** A call. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly signal: AbortSignal
}

/** An answer of any status. */
export interface CallAnswer {
  readonly status: number
  /** Undefined when it is no JSON. */
  readonly body: unknown
}

/** A call that takes and gives text is done within this time, ms; drawing happens elsewhere. */
const callTimeout = 60_000

/** Answers with addresses and states are small. */
const mostBytes = 1_000_000

/**
 * Calls once.
 *
 * @throws ProviderFault when there is no answer in time; the reason of the signal when that has fired for another reason
 */
export async function callJson({ method, url, headers, body, signal }: Call): Promise<CallAnswer> {
  const withTimeout = AbortSignal.any([signal, AbortSignal.timeout(callTimeout)])
  try {
    const answer = await request(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: withTimeout,
    })
    return { status: answer.statusCode, body: parseJson(await readText(answer.body)) }
  } catch (error) {
    if (error instanceof ProviderFault) throw error
    if (signal.aborted && !isTimeout(signal.reason)) throw signal.reason
    throw new ProviderFault(withTimeout.aborted ? 'timeout' : faultOfConnection(error))
  }
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError'
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) throw new ProviderFault('garbage')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A picture as an address that holds it. */
export function toDataUrl(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`
}

/**
 * An address that a provider told us and that our key is going to be sent to: it has to be the provider's own.
 *
 * @throws ProviderFault garbage
 */
export function ownAddress(base: string, address: string): string {
  const own = new URL(base)
  const told = URL.canParse(address) ? new URL(address) : undefined
  const isOwn =
    told !== undefined &&
    told.protocol === own.protocol &&
    told.username === '' &&
    (told.host === own.host || (own.protocol === 'https:' && told.host.endsWith(`.${siteOf(own.host)}`)))
  if (!isOwn) throw new ProviderFault('garbage')
  return address
}

/** `api.bfl.ai` and `api.us1.bfl.ai` are one provider. */
function siteOf(host: string): string {
  return host.split('.').slice(-2).join('.')
}
