/** Where a request comes from. Headers are believed only as far as our own proxies have written them. */
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import ipaddr from 'ipaddr.js'

/** Finds the address of a client. */
export type AddressOf = (c: Context) => string

/** Stands for requests without any: they share one bucket, on purpose. */
export const unknownAddress = 'unknown'

/**
 * Finds addresses behind a number of proxies.
 *
 * @param trustedProxies entries of X-Forwarded-For, from the right, that our own proxies have written
 * @param onIgnored called for every request with such entries where none is believed
 */
export function createAddressOf(trustedProxies: number, onIgnored: () => void = () => undefined): AddressOf {
  return (c) => {
    if (trustedProxies === 0) {
      if (c.req.header('x-forwarded-for') !== undefined) onIgnored()
      return toPlain(getConnInfo(c).remote.address)
    }
    const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim())
    return toPlain(forwarded.at(-trustedProxies))
  }
}

/** One form per address: IPv4 inside IPv6 is IPv4. */
function toPlain(entry = ''): string {
  // Some proxies write the port of the client along: `198.51.100.7:50123`, `[2001:db8::7]:50123`.
  const address = (/^([\d.]+):\d+$/.exec(entry) ?? /^\[(.+)\](?::\d+)?$/.exec(entry))?.[1] ?? entry
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : unknownAddress
}

/** The block that belongs to one subscriber: IPv4 /24, IPv6 /48. */
export function toBlock(address: string): string {
  if (!ipaddr.isValid(address)) return unknownAddress
  const parsed = ipaddr.process(address)
  const bits = parsed.kind() === 'ipv4' ? 24 : 48
  const network =
    parsed.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${parsed}/${bits}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/${bits}`)
  return `${network}/${bits}`
}
