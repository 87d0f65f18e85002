/** Tells Astro that a component of ours adds to the page's head, so that everything around it is made before the head is sent. */
import type { Plugin } from 'vite'
import { componentPath } from './component-path.ts'

/** The plugin. */
export function headPlugin(): Plugin {
  const head = componentPath('head.ts')
  return {
    name: 'hero-image:head',
    transform: {
      filter: { id: head },
      handler: (code) => ({ code, map: null, meta: { astro: { ...nothing, propagation: 'self' } } }),
    },
  }
}

/** What Astro notes about components. */
const nothing = {
  hydratedComponents: [],
  clientOnlyComponents: [],
  serverComponents: [],
  scripts: [],
  containsHead: false,
  pageOptions: {},
}
