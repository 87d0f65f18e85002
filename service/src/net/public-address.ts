/** Which addresses belong to the internet, and not to us, our machine, our network or our cloud. What is not known to be public is not. */
import ipaddr from 'ipaddr.js'

/** Public by their range, and yet inside: Azure answers machines of its own there. */
const insideAll = ['168.63.129.16/32', '192.88.99.0/24'].map((range) => ipaddr.IPv4.parseCIDR(range))

/** Only these are given out at all. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** True for an address of the internet; false for everything else, also for what is no address. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  // IPv4 inside IPv6 is judged as what it is.
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  if (parsed instanceof ipaddr.IPv4) return !insideAll.some((range) => parsed.match(range))
  return parsed.match(globalUnicast)
}
