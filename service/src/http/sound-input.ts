/**
 * What no route should have to think of: JSON without end, and characters that PostgreSQL cannot keep (U+0000, halves of surrogate pairs). Told here they are a problem of
 * the request; met in the database they would be one of ours.
 */
import type { FieldError } from '@hero-image/client/contract'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import type { ServiceEnv } from './env.ts'
import { ProblemError } from './problem.ts'
import { escapePointer } from './routes.ts'

/** Bytes of JSON that a request may have: the largest settings of a project are a tenth of it. */
const jsonLimit = 1024 * 1024

const limitJson = bodyLimit({
  maxSize: jsonLimit,
  onError: () => {
    throw new ProblemError('payload-too-large', { detail: `JSON may have ${jsonLimit} bytes.` })
  },
})

/** Checks the query, and bodies of JSON. */
export const soundInput = createMiddleware<ServiceEnv>(async (c, next) => {
  const { search } = new URL(c.req.url)
  if (search.includes('%00')) {
    throw new ProblemError('invalid-fields', { errors: [{ pointer: '?', detail: 'holds a character U+0000.' }] })
  }
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(c.req.header('content-type') ?? '')) return next()
  return limitJson(c, async () => {
    // A copy: routes may want to read the body in their own way.
    const errors = findUnsoundTexts(await c.req.raw.clone().text())
    if (errors.length > 0) throw new ProblemError('invalid-fields', { errors: errors.slice(0, 20).map(shorten) })
    await next()
  })
})

/**
 * Texts that cannot be kept, by their pointers.
 *
 * @internal exported for its test
 */
export function findUnsoundTexts(json: string): FieldError[] {
  // In a body that was decoded they can only stand as escapes, and hardly any body has those.
  if (!/\\u(?:0000|d[89a-f])/i.test(json)) return []
  let body: unknown
  try {
    body = JSON.parse(json)
  } catch {
    // That it is no JSON is told where it is read.
    return []
  }
  const errors: FieldError[] = []
  const open: { readonly pointer: string; readonly value: unknown }[] = [{ pointer: '', value: body }]
  // No recursion: a megabyte of brackets is deeper than the stack.
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { pointer, value } = next
    if (typeof value === 'string' && !isSound(value))
      errors.push({ pointer, detail: 'holds a character that cannot be kept.' })
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inner] of Object.entries(value)) {
      if (!isSound(key)) errors.push({ pointer, detail: 'has a name with a character that cannot be kept.' })
      else open.push({ pointer: `${pointer}/${escapePointer(key)}`, value: inner })
    }
  }
  return errors
}

/** A pointer into nested brackets may be as long as the body. */
function shorten({ pointer, detail }: FieldError): FieldError {
  return { pointer: pointer.slice(0, 500), detail }
}

function isSound(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000')
}
