/** The types that Astro writes into `.astro/`: `?hero` imports, exact for each preset. */
import type { ResolvedOptions } from '@hero-image/core'
import { toDeclarations } from '@hero-image/unplugin/emit'

/** Text of a declaration file; names only this package, since projects need not be able to find the ones behind it. */
export function toTypes(options: Pick<ResolvedOptions, 'presets'>): string {
  const presets = toDeclarations(options)
    .replaceAll("'@hero-image/core'", "'@hero-image/astro'")
    .replace('; commit it, so that type checks pass before the first build', '')
  return `/// <reference types="@hero-image/astro/client" />\n${presets}`
}
