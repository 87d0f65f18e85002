/** A row's wish as a request. */
import { newId } from '../../src/keys/uuid.ts'
import type { Operation } from '../harness/document.ts'
import type { Wish } from './rows.ts'

/** The path with its parameters and query. */
export function toPath({ path }: Operation, { params = {}, query = {} }: Wish): string {
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? 'missing'))
  const search = new URLSearchParams(query).toString()
  return search === '' ? filled : `${filled}?${search}`
}

/** The rest; each request that needs one has a key of its own. */
export function toInit(operation: Operation, wish: Wish, headers: Readonly<Record<string, string>>): RequestInit {
  const key = operation['x-idempotent'] === true ? { 'idempotency-key': newId() } : {}
  const type = wish.raw?.type ?? (wish.json === undefined ? undefined : 'application/json')
  const body = wish.raw?.body ?? (wish.json === undefined ? undefined : JSON.stringify(wish.json))
  return {
    method: operation.method,
    headers: { ...key, ...(type === undefined ? {} : { 'content-type': type }), ...wish.headers, ...headers },
    ...(body === undefined ? {} : { body }),
  }
}
