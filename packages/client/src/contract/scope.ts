/** What a token may do. A session in a browser may do all of it. */
import { z } from 'zod'

/** All scopes with what they allow. */
export const scopes = {
  'account:read': 'Read name, e-mail address and settings of the account.',
  'account:write': 'Change them.',
  'projects:read': 'Read projects, uploads, exports and results.',
  'projects:write': 'Create, change and delete them.',
  'generations:read': 'Read generations and their results.',
  'generations:write': 'Start and cancel generations, which spends credits.',
  'credits:read': 'Read the balance, its changes and orders.',
  'credits:write': 'Order credits.',
  'support:write': 'Write to support and read the answers.',
} as const

/** Name of a scope. */
export type Scope = keyof typeof scopes

const names: Scope[] = []
for (const name in scopes) if (isScope(name)) names.push(name)

/** All names, in the order of the table. */
export const scopeNames: readonly Scope[] = names

/** True for the name of a scope. */
export function isScope(name: string): name is Scope {
  return Object.hasOwn(scopes, name)
}

export const scopeSchema: z.ZodType<Scope, Scope> = z.enum(names).meta({ id: 'Scope' })
