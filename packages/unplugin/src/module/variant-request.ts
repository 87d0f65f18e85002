/**
 * How a module of the module family (webpack, Rspack, Next, esbuild) asks for one of its files: by an import of the photo with a query of its own. The host
 * then emits, prefixes and caches that file like any other, and asks again when it has lost it.
 */
import { splitId } from '../id.ts'

/** One file of one import. */
export interface VariantRequest {
  /** Name of the file, as the plan has it. */
  readonly name: string
  /** Query of the import whose plan has the file, without question mark. */
  readonly query: string
}

/** Quick test for rules of hosts; `parseVariantQuery` decides. */
export const variantQueryPattern: RegExp = /[?&]hero-v=/

/** The query for a file, with question mark. */
export function toVariantQuery({ name, query }: VariantRequest): string {
  // Names are plain already. The query is packed, since some hosts decode a URL before they ask for it.
  return `?hero-v=${name}&hero-of=${Buffer.from(query).toString('base64url')}`
}

/** Takes such a query apart, or `undefined` when it is none. Hosts may have added keys of their own. */
export function parseVariantQuery(query: string): VariantRequest | undefined {
  const keys = new URLSearchParams(query.slice(query.lastIndexOf('?') + 1))
  const name = keys.get('hero-v')
  const of = keys.get('hero-of')
  return name === null || of === null ? undefined : { name, query: Buffer.from(of, 'base64url').toString() }
}

/** The hero query of a resource, without keys that hosts add; `undefined` when it is none of ours. */
export function heroQueryOf(resourceQuery: string): string | undefined {
  return splitId(resourceQuery)?.query
}
