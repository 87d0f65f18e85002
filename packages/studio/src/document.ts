/** The page's document, made for each visit, since it carries a nonce. */
import { randomBytes } from 'node:crypto'

/** A document with the policy it is served under. */
export interface PageDocument {
  readonly html: string
  readonly policy: string
}

const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#7688f0" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M6 2v14a2 2 0 0 0 2 2h14M2 6h14a2 2 0 0 1 2 2v14"/></svg>'
const icon = `data:image/svg+xml,${encodeURIComponent(drawing)}`

/**
 * Only our own script and style run, and nothing is asked of anyone but this server.
 *
 * @param token for saving; absent for visitors who may only look
 */
export function toDocument(token: string | undefined): PageDocument {
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    // The editor decodes photos beside the page.
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    // The developer tools of Vite show the page inside the site itself.
    "frame-ancestors 'self'",
  ].join('; ')
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${token === undefined ? '' : `<meta name="hero-token" content="${token}">\n`}<title>Hero Image</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="studio.css" nonce="${nonce}">
<script type="module" src="studio.js" nonce="${nonce}"></script>
</head>
<body></body>
</html>
`
  return { html, policy }
}
