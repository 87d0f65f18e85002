/** Programs that may ask for device sign-in. They are public clients: nothing that is shipped to everybody is a secret. */
import { commandLineClientId, type Scope, scopeNames } from '@hero-image/client/contract'

/** What a program may ask for. */
export interface DeviceClient {
  readonly name: string
  readonly scopes: readonly Scope[]
}

/** What only its owner does with an account, in a browser. */
const notForPrograms: ReadonlySet<Scope> = new Set(['account:write', 'credits:write'])

const clients: Readonly<Record<string, DeviceClient>> = {
  [commandLineClientId]: {
    name: 'Hero Image command line',
    scopes: scopeNames.filter((scope) => !notForPrograms.has(scope)),
  },
}

/** The program with an identifier. */
export function findClient(id: string): DeviceClient | undefined {
  return Object.hasOwn(clients, id) ? clients[id] : undefined
}
