/**
 * Connects to public addresses only. Each of three checks has a way around it alone: a name that resolves to two things, an address that is written without a name and
 * so is never looked up, a connection that something on the way leads elsewhere. So the literal is checked, then what the name resolves to, which is what is connected to,
 * then the peer.
 */
import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { isPublicAddress } from './public-address.ts'

/** The address is none of the internet. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress'

  constructor() {
    super('The address is not a public one.')
  }
}

const connectTimeout = 10_000

/**
 * Creates an agent for one fetch.
 *
 * @param lookup how names are resolved; tests have names of their own
 */
export function createGuardedAgent(lookup: LookupFunction = systemLookup): Agent {
  const connect = buildConnector({ timeout: connectTimeout, lookup: guard(lookup) })
  return new Agent({
    connections: 1,
    connect(options, callback) {
      const literal = options.hostname.replace(/^\[|\]$/g, '')
      if (isIP(literal) !== 0 && !isPublicAddress(literal)) return callback(new ForbiddenAddress(), null)
      connect(options, (...[error, socket]) => {
        if (error !== null) return callback(error, null)
        if (isPublicAddress(socket.remoteAddress ?? '')) return callback(null, socket)
        socket.destroy()
        callback(new ForbiddenAddress(), null)
      })
    },
  })
}

/** A name with even one address inside is not followed to its others. */
function guard(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, addresses, family) => {
      if (error !== null) return callback(error, addresses, family)
      const found = typeof addresses === 'string' ? [addresses] : addresses.map(({ address }) => address)
      if (found.length === 0 || !found.every(isPublicAddress)) return callback(new ForbiddenAddress(), '', 0)
      callback(null, addresses, family)
    })
  }
}
