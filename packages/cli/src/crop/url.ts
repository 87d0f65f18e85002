import { relative, sep } from 'node:path'
import type { Variant } from '@hero-image/core'

/**
 * The URL of a variant: under the prefix given, or else under the output folder as seen from the working folder.
 *
 * White space and commas, which would end a URL inside `srcset`, are percent-encoded.
 */
export function toUrlOf(base: string | undefined, out: string, cwd: string): (variant: Variant) => string {
  const prefix = base === undefined ? toRelativeUrl(out, cwd) : base
  const open = prefix === '' || /[/=?#]$/.test(prefix) ? prefix : `${prefix}/`
  const safe = open.replace(/[\s,]/g, encodeURIComponent)
  return ({ name }) => `${safe}${name}`
}

function toRelativeUrl(out: string, cwd: string): string {
  return relative(cwd, out).split(sep).map(encodeURIComponent).join('/')
}
