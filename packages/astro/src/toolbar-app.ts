/** The entry in Astro's dev toolbar, which leads to the studio. */
import type { DevToolbarAppEntry } from 'astro'
import { componentPath } from './component-path.ts'

/** What Astro is told of it; the rest runs in the page. */
export const toolbarApp: DevToolbarAppEntry = {
  id: 'hero-image',
  name: 'Hero Image',
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M6 2v14a2 2 0 0 0 2 2h14M2 6h14a2 2 0 0 1 2 2v14"/></svg>',
  entrypoint: componentPath('toolbar.ts'),
}
