/** Fetches what a stranger's word names: results of providers, before all. Nothing of ours can be reached that way, and nothing endless comes back. */
import type { LookupFunction } from 'node:net'
import { Agent, type Dispatcher, request } from 'undici'
import { createGuardedAgent, ForbiddenAddress } from './guarded-agent.ts'

/** Why a fetch failed. */
export type FetchFailure = 'forbidden' | 'too-large' | 'too-slow' | 'too-many-redirects' | 'status' | 'unreachable'

/** A fetch failed; the address is not told, since it may hold secrets of others. */
export class UntrustedFetchError extends Error {
  override readonly name = 'UntrustedFetchError'
  readonly reason: FetchFailure
  /** Of the answer, when that is the reason. */
  readonly status: number | undefined

  constructor(reason: FetchFailure, { status, cause }: { readonly status?: number; readonly cause?: unknown } = {}) {
    super(`A fetch failed: ${reason}${status === undefined ? '' : ` ${status}`}.`, cause === undefined ? {} : { cause })
    this.reason = reason
    this.status = status
  }
}

/** Limits of a fetch. */
export interface UntrustedOptions {
  readonly maxBytes: number
  /** Of everything together, ms. */
  readonly timeout: number
  readonly signal?: AbortSignal
  /** Origins that the operator has named in the settings: they may be inside, and without TLS. Only these exactly, and not what they redirect to. */
  readonly trustedOrigins?: readonly string[]
  /** How names are resolved. */
  readonly lookup?: LookupFunction
}

/** What came back. */
export interface Fetched {
  readonly bytes: Buffer
  /** As the server says; not to be believed. */
  readonly mediaType: string | undefined
}

const maxRedirects = 3

/**
 * Fetches, with GET and nothing of ours in its headers.
 *
 * @throws UntrustedFetchError, or the reason of the signal
 */
export async function fetchUntrusted(address: string, options: UntrustedOptions): Promise<Fetched> {
  const timeout = AbortSignal.timeout(options.timeout)
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal])
  try {
    let next = readAddress(address, undefined, options.trustedOrigins)
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      const found = await fetchOne(next, signal, options)
      if (!(found instanceof URL)) return found
      next = found
    }
    throw new UntrustedFetchError('too-many-redirects')
  } catch (error) {
    options.signal?.throwIfAborted()
    if (error instanceof UntrustedFetchError) throw error
    if (timeout.aborted) throw new UntrustedFetchError('too-slow')
    throw new UntrustedFetchError(isForbidden(error) ? 'forbidden' : 'unreachable', { cause: error })
  }
}

/** An answer, or where it says to go instead. */
async function fetchOne(
  url: URL,
  signal: AbortSignal,
  { maxBytes, trustedOrigins, lookup }: UntrustedOptions,
): Promise<Fetched | URL> {
  // Connections are not kept: one that is trusted must not serve another.
  const agent = isTrusted(url, trustedOrigins) ? new Agent({ connections: 1 }) : createGuardedAgent(lookup)
  try {
    const answer = await request(url, {
      dispatcher: agent,
      signal,
      headers: { accept: 'image/*', 'accept-encoding': 'identity' },
    })
    const { location, 'content-type': mediaType } = answer.headers
    if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === 'string') {
      return readAddress(location, url, trustedOrigins)
    }
    if (answer.statusCode !== 200) throw new UntrustedFetchError('status', { status: answer.statusCode })
    return { bytes: await readAll(answer, maxBytes), mediaType: typeof mediaType === 'string' ? mediaType : undefined }
  } finally {
    // What is left of a body is not wanted.
    await agent.destroy()
  }
}

async function readAll({ headers, body }: Dispatcher.ResponseData, maxBytes: number): Promise<Buffer> {
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw new UntrustedFetchError('too-large')
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new UntrustedFetchError('too-large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** @throws UntrustedFetchError forbidden, for what is no https: address, or has a name and password in it */
function readAddress(text: string, base: URL | undefined, trustedOrigins: readonly string[] | undefined): URL {
  const url = URL.parse(text, base?.href)
  if (url === null) throw new UntrustedFetchError('forbidden')
  const isPlain = url.username === '' && url.password === ''
  if (isPlain && (url.protocol === 'https:' || isTrusted(url, trustedOrigins))) return url
  throw new UntrustedFetchError('forbidden')
}

function isTrusted({ origin }: URL, trustedOrigins: readonly string[] = []): boolean {
  return trustedOrigins.includes(origin)
}

function isForbidden(error: unknown): boolean {
  if (error instanceof ForbiddenAddress) return true
  return error instanceof AggregateError
    ? error.errors.some(isForbidden)
    : error instanceof Error && isForbidden(error.cause)
}
