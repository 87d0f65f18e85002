/** A proxy that the settings do not know of: everybody behind it has one address, one limit and one place in the security log. It is said once, without any address. */
import type { Log } from '../log/log.ts'

/** Creates what warns, once in the life of the process. */
export function createProxyWarning(log: Pick<Log, 'warn'>): () => void {
  let isSaid = false
  return () => {
    if (isSaid) return
    isSaid = true
    log.warn(
      {},
      'A request came with X-Forwarded-For, which is not believed: HERO_TRUSTED_PROXIES is 0. If there is a proxy in front, set it to the number of proxies; otherwise a client made it up.',
    )
  }
}
