/** An entry in Vite DevTools, where they are installed: they look for this field in plugins. Nothing of theirs is needed for it. */

/** The part of their context that is used. */
export interface DevToolsContext {
  readonly docks: { register(entry: DockEntry): unknown }
}

/** A panel that shows a page. */
interface DockEntry {
  readonly id: string
  readonly title: string
  readonly icon: string
  readonly type: 'iframe'
  readonly url: string
}

/** What a plugin brings along for the tools. */
export interface Dock {
  setup(context: DevToolsContext): void
}

/** Drawn here, since icons by name come from elsewhere. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#7688f0" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M6 2v14a2 2 0 0 0 2 2h14M2 6h14a2 2 0 0 1 2 2v14"/></svg>',
)}`

/** @param urlOf gives the path of the page, once the server knows it */
export function toDock(urlOf: () => string): Dock {
  return {
    setup({ docks }) {
      docks.register({ id: 'hero-image', title: 'Hero Image', icon, type: 'iframe', url: urlOf() })
    },
  }
}
