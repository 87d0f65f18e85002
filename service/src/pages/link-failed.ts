/** The page for links that do not work, or not any more: it says what to do. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ServiceEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { type Markup, sendPage } from './page.ts'

/** Answers that a link did not work. */
export function sendLinkFailed(c: Context<ServiceEnv>, whatToDo: Markup): Promise<Response> {
  const content = html`<p>Links in our mails work for a limited time, and most of them once. It may also have been cut off on its way: then copy all of it from the mail.</p>
${whatToDo}`
  return sendPage(c, { title: 'This link does not work, or not any more', content }, 422)
}

/** True for what a token that is none, too old, or used leads to. */
export function isDeadLink(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false
  if (error.code === 'not-found') return true
  return error.code === 'invalid-fields' && (error.details.errors ?? []).some(({ pointer }) => pointer === '/token')
}
