/** Where a browser may be sent afterwards: our own pages, and those of origins that the settings trust. Anything else would lend our name to others. */
import { invalidField } from '../http/problem.ts'
import type { Service } from '../service.ts'
import { isOwnOrigin } from './own-origin.ts'

/**
 * The address that a wish stands for.
 *
 * @throws ProblemError invalid-fields
 */
export function toReturnUrl(service: Pick<Service, 'publicUrl' | 'settings'>, wish = '/'): string {
  const isPath = wish.startsWith('/')
  // Browsers read \ as /, and skip tabs and line ends: what begins like a path could lead to another host.
  const isPlain =
    /^[\x21-\x5b\x5d-\x7e]*$/.test(wish) && !/^\/[/\\]/.test(wish) && !/%2f|%5c/i.test(wish.split(/[?#]/)[0] ?? '')
  const url = isPlain && (isPath || /^https?:\/\//i.test(wish)) ? URL.parse(wish, service.publicUrl) : null
  if (url === null || url.username !== '' || url.password !== '' || !isOwnOrigin(service, url.origin)) {
    throw invalidField('/return_to', 'is neither a path nor an address of a trusted origin.')
  }
  return url.href
}
