/** Puts preload links and placeholder styles into the page's head, each once; where the head is already sent, styles in place. */
import type { SSRResult } from 'astro'
import {
  type AstroComponentFactory,
  createComponent,
  escapeHTML,
  render,
  unescapeHTML,
} from 'astro/runtime/server/index.js'

/** What a picture wants to have in the head. */
interface Wishes {
  /** Preload links as HTML. */
  readonly links: string
  /** CSS, fit for a `<style>`. */
  readonly css: string
  readonly nonce: string | undefined
}

const given = new WeakMap<SSRResult, Set<string>>()

/**
 * The component. Because of `propagation` Astro makes it, and everything around it, before it sends the head. Pages in MDX send it first all the same, and
 * pages that are parts of others have none.
 */
export const Head: AstroComponentFactory = createComponent({
  propagation: 'self',
  async factory(result: SSRResult, { links, css, nonce }: Wishes) {
    const { hasRenderedHead, extraHead, extraStyleHashes } = result._metadata
    const inHead = !hasRenderedHead && !result.partial
    const hasPolicy = result.shouldInjectCspMetaTags && nonce === undefined
    // A policy that has been sent cannot learn of another style.
    const style = css === '' || (hasPolicy && !inHead) ? '' : toStyle(css, nonce)
    // Beside the picture a link would tell browsers nothing that the picture does not.
    const parts = inHead ? [links, style] : [style]
    const html = parts.filter((part) => part !== '' && isNew(result, part)).join('')
    if (!inHead) return render`${unescapeHTML(html)}`
    extraHead.push(html)
    if (hasPolicy && style !== '') extraStyleHashes.push(await toHash(css, result.cspAlgorithm))
    return render``
  },
})

function isNew(result: SSRResult, html: string): boolean {
  const known = given.get(result) ?? new Set()
  given.set(result, known)
  return known.size < known.add(html).size
}

function toStyle(css: string, nonce: string | undefined): string {
  return `<style${nonce === undefined ? '' : ` nonce="${escapeHTML(nonce)}"`}>${css}</style>`
}

/** A style's hash as a content security policy names it. */
async function toHash(
  css: string,
  algorithm: SSRResult['cspAlgorithm'],
): Promise<`${'sha256' | 'sha384' | 'sha512'}-${string}`> {
  const bytes = new Uint8Array(await crypto.subtle.digest(algorithm, new TextEncoder().encode(css)))
  const names = { 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' } as const
  return `${names[algorithm]}-${btoa(String.fromCharCode(...bytes))}`
}
