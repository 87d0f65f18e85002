/** What is possible at an address: for requests whose method is not. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { TrieRouter } from 'hono/router/trie-router'
import type { ServiceEnv } from './env.ts'

/** Tells the methods that a path takes; none where there is nothing. */
export type MethodsAt = (path: string) => readonly string[]

/** Middleware is for all methods, so it says nothing about a path. */
const anyMethod = 'ALL'

/** Reads the routes that the app has at the first question, when all of them are there. */
export function createMethodsAt(app: OpenAPIHono<ServiceEnv>): MethodsAt {
  let table: { readonly router: TrieRouter<true>; readonly methods: ReadonlySet<string> } | undefined
  return (path) => {
    table ??= readRoutes(app)
    const { router, methods } = table
    const found = [...methods].filter((method) => router.match(method, path)[0].length > 0)
    if (found.length === 0) return []
    return [...(found.includes('GET') ? ['HEAD'] : []), ...found, 'OPTIONS'].sort()
  }
}

function readRoutes({ routes }: OpenAPIHono<ServiceEnv>) {
  const router = new TrieRouter<true>()
  const own = routes.filter(({ method }) => method !== anyMethod)
  for (const { method, path } of own) router.add(method, path, true)
  return { router, methods: new Set(own.map(({ method }) => method)) }
}
