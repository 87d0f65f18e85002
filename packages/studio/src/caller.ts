/** Reads from a request what it says about itself. */
import type { IncomingMessage } from 'node:http'
import type { Caller } from './guard.ts'

/** The header in which the page sends its token. */
export const tokenHeader = 'x-hero-token'

/** Names differ between HTTP/1 and HTTP/2. */
export function toCaller({ headers, socket }: IncomingMessage): Caller {
  const one = (name: string): string | undefined => {
    const value = headers[name]
    return Array.isArray(value) ? value.join() : value
  }
  return {
    address: socket.remoteAddress,
    host: one('host') ?? one(':authority'),
    origin: one('origin'),
    site: one('sec-fetch-site'),
    mode: one('sec-fetch-mode'),
    dest: one('sec-fetch-dest'),
    forwarded: Object.keys(headers).some((name) =>
      /^(?:forwarded|via|x-real-ip|x-forwarded-.*|cf-connecting-ip)$/.test(name),
    ),
    token: one(tokenHeader),
    contentType: one('content-type'),
  }
}
