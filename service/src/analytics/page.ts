/** What is counted of an address: the path without whatever could name a person or an object of theirs, and of the referrer its host. */

/** Longest path that is counted; longer ones are cut. */
const longestPath = 200

/** Parts of paths that no page of ours has by itself: identifiers, addresses of mail, secrets, numbers. */
const personal = /^(?:[a-z]{3}_[0-9a-f]{32}|.*(?:@|%40).*|.{41,}|[0-9a-f-]{16,}|\d+)$/i

/**
 * A path as it is counted: no query, no fragment, `*` in place of each part that could be personal.
 *
 * @param path as the browser tells it, `/` first
 */
export function toCountedPath(path: string): string {
  const [plain = ''] = path.split(/[?#]/)
  const parts = plain.split('/').map((part) => (personal.test(part) ? '*' : part))
  return parts.join('/').slice(0, longestPath)
}

/**
 * Host of a referrer, or an empty text when there is none or it is our own.
 *
 * @param ownHost host that our pages have
 */
export function toReferrerHost(referrer: string | undefined, ownHost: string): string {
  if (referrer === undefined || referrer === '') return ''
  const url = URL.parse(referrer)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return ''
  const host = url.hostname.replace(/^www\./, '').slice(0, 253)
  return host === ownHost.replace(/^www\./, '') ? '' : host
}
