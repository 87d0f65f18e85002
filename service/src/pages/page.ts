/**
 * Pages that links in mails lead to. They need no script, load nothing, and can be framed by nobody. To open one changes nothing: gateways of mail open every link. What
 * it is for happens when its button is pressed.
 */
import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ServiceEnv } from '../http/env.ts'

/** A part of a page; what stands between its tags is escaped. */
export type Markup = ReturnType<typeof html>

/** What a page says. */
export interface Page {
  readonly title: string
  readonly content: Markup
}

const style = `
body { max-width: 30rem; margin: 4rem auto; padding: 0 1rem; font: 1.05rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff }
label, input, button { display: block; font: inherit }
input { box-sizing: border-box; width: 100%; margin: .25rem 0 1rem; padding: .5rem; border: 1px solid #767676; border-radius: .25rem }
button { margin: 1rem 0; padding: .6rem 1.2rem; border: 0; border-radius: .25rem; color: #fff; background: #1d4ed8; cursor: pointer }
[role=alert] { padding: .5rem .75rem; border-left: .25rem solid #b91c1c; background: #fef2f2 }
@media (prefers-color-scheme: dark) {
  body { color: #e5e5e5; background: #171717 }
  a { color: #93c5fd }
  input { color: inherit; background: #262626 }
  [role=alert] { background: #450a0a }
}
`

const styleHash = createHash('sha256').update(style).digest('base64')

const headers = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  // The token stands in the address. With `no-referrer` browsers would not say either that the form comes from here.
  'Referrer-Policy': 'strict-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
}

/** Answers with a page. */
export async function sendPage(
  c: Context<ServiceEnv>,
  { title, content }: Page,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const text = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Hero Image</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`
  return c.body(text.toString(), status, { ...headers, 'Content-Type': 'text/html; charset=utf-8' })
}

/** A form that is sent to a path of the service. */
export function form(c: Context<ServiceEnv>, path: string, fields: Markup, button: string): Markup {
  // Said outright: without it the form would go to the address of the page, with the token in it.
  const action = new URL(c.get('service').publicUrl).pathname.replace(/\/$/, '') + path
  return html`<form method="post" action="${action}">
${fields}
<button>${button}</button>
</form>`
}

/** What went wrong, above a form. */
export function alert(text: Markup | string): Markup {
  return html`<p role="alert">${text}</p>`
}

/** A field that people do not see. */
export function hidden(name: string, value: string): Markup {
  return html`<input type="hidden" name="${name}" value="${value}">`
}

/** A field for an address of mail. */
export function emailField(): Markup {
  return html`<label for="email">Your e-mail address</label>
<input id="email" name="email" type="email" autocomplete="email" maxlength="254" required>`
}
