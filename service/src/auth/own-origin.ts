/** The browser adds the cookie whoever asks; what changes something must come from our own pages. */
import { ProblemError } from '../http/problem.ts'
import type { Service } from '../service.ts'

/**
 * Refuses requests that change something and do not come from one of our origins. A request without an origin is refused, too: browsers always send one.
 *
 * @throws ProblemError forbidden-origin
 */
export function requireOwnOrigin(service: Pick<Service, 'publicUrl' | 'settings'>, request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  if (isOwnOrigin(service, request.headers.get('origin'))) return
  throw new ProblemError('forbidden-origin')
}

/** True for our own origin and those that the settings trust. */
export function isOwnOrigin(
  { publicUrl, settings }: Pick<Service, 'publicUrl' | 'settings'>,
  origin: string | null,
): boolean {
  return origin !== null && (origin === new URL(publicUrl).origin || settings.HERO_TRUSTED_ORIGINS.includes(origin))
}
