/** Whom a limit counts. What is kept is a keyed hash that includes the window, so that two windows cannot be laid side by side. */
import { createHmac } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { toBlock } from '../http/address.ts'
import { deriveKey } from '../keys/derive.ts'

/** A stretch of time in which something is counted. */
export interface RateWindow {
  readonly start: number
  readonly end: Date
}

/** The window that a moment lies in; windows are the same for everybody, and follow each other without a gap. */
export function toWindow(at: Date, windowMs: number): RateWindow {
  const start = at.getTime() - (at.getTime() % windowMs)
  return { start, end: new Date(start + windowMs) }
}

/** A subject as it is kept. */
export function hashSubject(secret: string, kind: string, subject: string, windowStart: number): Buffer {
  return createHmac('sha256', deriveKey(secret, 'rate'))
    .update(JSON.stringify([kind, subject, windowStart]))
    .digest()
}

/** Who sends from an address: IPv4 as it is, IPv6 by its /64, of which one machine has all addresses. */
export function toSender(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address
  return ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString()
}

/** To whom an IPv6 address was given: they have up to 65,536 such networks, and would be as many senders. Undefined for IPv4, of which each address is somebody's. */
export function toSubscriber(address: string): string | undefined {
  return ipaddr.IPv6.isValid(address) ? toBlock(address) : undefined
}
