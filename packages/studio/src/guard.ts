/** Who may look and who may save. Pure: decisions over what a request says about itself. */
import { timingSafeEqual } from 'node:crypto'

/** What a request says about itself. */
export interface Caller {
  /** Address of the other end of the socket. */
  readonly address?: string | undefined
  /** `Host`: what the browser believes to talk to. */
  readonly host?: string | undefined
  readonly origin?: string | undefined
  /** `Sec-Fetch-Site`, `Sec-Fetch-Mode`, `Sec-Fetch-Dest`: scripts cannot set them. */
  readonly site?: string | undefined
  readonly mode?: string | undefined
  readonly dest?: string | undefined
  /** True when a proxy says that it forwards somebody else's request. */
  readonly forwarded: boolean
  readonly token?: string | undefined
  readonly contentType?: string | undefined
}

/** Why not. */
export interface Refusal {
  readonly status: number
  readonly reason: string
}

/** True for addresses that only this machine has. */
export function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && /^(?:(?:::ffff:)?127(?:\.\d{1,3}){3}|::1)$/i.test(address)
}

/** True for names that mean this machine everywhere; any other name may be pointed here by whoever owns it. */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host)
}

/**
 * Looking: whoever may see the site, but no page of another site.
 *
 * @param hostIsChecked true when the server in front of us has checked the name it was called by
 */
export function refuseRead(caller: Caller, hostIsChecked: boolean): Refusal | undefined {
  if (!hostIsChecked && !isLoopbackHost(caller.host)) {
    return { status: 403, reason: 'This page answers to localhost only.' }
  }
  return isOurs(caller) || isNavigation(caller)
    ? undefined
    : { status: 403, reason: 'Another site asked for this page.' }
}

/** The token goes to a page on this machine, and into no answer that another page could read. */
export function mayHaveToken(caller: Caller): boolean {
  return isOnThisMachine(caller) && (isOurs(caller) || isNavigation(caller))
}

/** Saving: our own page on this machine, which proves it with the token. */
export function refuseWrite(caller: Caller, token: string): Refusal | undefined {
  if (!isOnThisMachine(caller)) {
    return { status: 403, reason: 'Saving works only on the machine that runs the server, at localhost.' }
  }
  if (caller.origin === undefined || !isOurs(caller)) return { status: 403, reason: 'Another site asked to save.' }
  if (!isEqual(caller.token, token)) {
    return { status: 403, reason: 'The server was started anew since this page was opened. Reload the page.' }
  }
  if (caller.contentType?.replace(/;.*$/s, '').trim().toLowerCase() !== 'application/json') {
    return { status: 415, reason: 'Only JSON is taken.' }
  }
  return undefined
}

function isOnThisMachine({ address, host, forwarded }: Caller): boolean {
  return isLoopbackAddress(address) && isLoopbackHost(host) && !forwarded
}

/** True when the request comes from a page of this very server, or from no page at all. */
function isOurs({ host, origin, site }: Caller): boolean {
  const isOwnOrigin = origin === undefined || toHost(origin) === host?.toLowerCase()
  return isOwnOrigin && (site === undefined || site === 'same-origin' || site === 'none')
}

/** True for a link or a typed address: the page that had the link cannot read what it led to. */
function isNavigation({ mode, dest, origin }: Caller): boolean {
  return origin === undefined && mode === 'navigate' && dest === 'document'
}

function toHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

function isEqual(given: string | undefined, expected: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
