/**
 * Hides one warning of Node: how it reads a `hero.config.ts` in a package without `"type": "module"`. The config works, and the warning
 * would stand between our messages and inside JSON. All other warnings are shown as ever.
 */
export function hideModuleWarning(): void {
  const shown = process.listeners('warning')
  process.removeAllListeners('warning')
  process.on('warning', (warning: Error & { readonly code?: string }) => {
    if (warning.code === 'MODULE_TYPELESS_PACKAGE_JSON') return
    for (const show of shown) show.call(process, warning)
  })
}
