/** What the routes of pages have in common: small forms from our own pages, and errors that people can read. */
import { problems } from '@hero-image/client/contract'
import { createRoute, z } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import { HTTPException } from 'hono/http-exception'
import { requireOwnOrigin } from '../auth/own-origin.ts'
import { answers } from '../http/answers.ts'
import type { Routes } from '../http/env.ts'
import { toKnownProblem } from '../http/framework-problem.ts'
import { guard } from '../http/guard.ts'
import { ProblemError } from '../http/problem.ts'
import { createRoutes } from '../http/routes.ts'
import { sendPage } from './page.ts'

const maxFormBytes = 16 * 1024

const page = (description: string) => ({ description, content: { 'text/html': { schema: z.string() } } })

/** Every answer of a page is one. */
const pages = {
  200: page('The page.'),
  303: { description: 'To another page: the one to sign in at, or the one that was wanted before.' },
  400: page('The form cannot be read.'),
  401: page('Somebody has to sign in.'),
  403: page('The form does not come from our own page.'),
  404: page('There is nothing, or nothing any more.'),
  409: page('It cannot be done any more.'),
  413: page('The form is too large.'),
  415: page('It is no form.'),
  422: page('The link does not work, or not any more; or a field is not right.'),
  429: page('Too often.'),
}

/** What a page is, for the document. */
interface PageFacts<Path extends string> {
  readonly path: Path
  readonly operationId: string
  readonly summary: string
}

/** The token of a link. Whatever else stands in the address is somebody's way to count clicks. */
export const linkQuery = z.object({ token: z.string().max(2000).optional() })

/** A page as it is opened: nothing happens. */
export function openingRoute<Path extends string, Query extends z.ZodObject>(facts: PageFacts<Path>, query: Query) {
  return createRoute({
    method: 'get',
    ...facts,
    tags: ['pages'],
    ...guard('public'),
    request: { query },
    responses: answers(pages),
  })
}

/** A page as its form is sent. */
export function sendingRoute<Path extends string, Fields extends z.ZodType>(facts: PageFacts<Path>, fields: Fields) {
  return createRoute({
    method: 'post',
    ...facts,
    tags: ['pages'],
    ...guard('public'),
    request: { body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: fields } } } },
    responses: answers(pages),
  })
}

/**
 * An empty set of routes of pages.
 *
 * @param paths that forms are sent to
 */
export function createPageRoutes(...paths: readonly string[]): Routes {
  const routes = createRoutes()
  const small = bodyLimit({
    maxSize: maxFormBytes,
    onError: () => {
      throw new ProblemError('payload-too-large')
    },
  })
  for (const path of paths) {
    routes.on(
      'POST',
      path,
      async (c, next) => {
        requireOwnOrigin(c.get('service'), c.req.raw)
        await next()
      },
      small,
    )
  }
  routes.onError((error, c) => {
    const problem = toKnown(error)
    // A mistake of ours is logged where all of them are.
    if (problem === undefined) throw error
    const { title, status } = problems[problem.code]
    const [fault] = problem.details.errors ?? []
    const detail = explanations[problem.code] ?? problem.details.detail ?? (fault && `${fault.pointer} ${fault.detail}`)
    const content = html`<p>${detail ?? 'Open the link in the mail again, or ask for another mail.'}</p>`
    const headers = Object.entries(problem.details.headers ?? {})
    return sendPage(c, { title, content }, status).then((response) => {
      for (const [name, value] of headers) response.headers.set(name, value)
      return response
    })
  })
  return routes
}

const explanations: Readonly<Record<string, string>> = {
  'forbidden-origin':
    'This was not sent by our own page. Open the link in the mail again and press the button there; if that does not help, try another browser.',
}

function toKnown(error: unknown): ProblemError | undefined {
  const problem = error instanceof HTTPException ? toKnownProblem(error) : error
  return problem instanceof ProblemError && problems[problem.code].status < 500 ? problem : undefined
}
