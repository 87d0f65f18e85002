/** What Astro's dev server needs to treat pages as its builds do. */
import type { Plugin } from 'vite'
import { componentPath } from './component-path.ts'

/** The plugin. */
export function devPlugin(): Plugin {
  return {
    name: 'hero-image:astro-dev',
    apply: 'serve',
    configResolved({ plugins }) {
      // Astro keeps style sheets for its pages as it sees them: backgrounds have to be in them by then.
      moveBefore(plugins, 'hero-image:css-backgrounds', 'virtual:astro:dev-css')
    },
    configureServer({ environments }) {
      // Only of components that it has met does Astro know that they add to the head.
      return () => {
        for (const name of ['ssr', 'prerender'])
          environments[name]?.transformRequest(componentPath('head.ts')).catch(() => undefined)
      }
    },
  }
}

function moveBefore(plugins: unknown, name: string, other: string): void {
  if (!Array.isArray(plugins)) return
  const from = plugins.findIndex((plugin) => plugin.name === name)
  const to = plugins.findIndex((plugin) => plugin.name === other)
  if (from > to && to >= 0) plugins.splice(to, 0, ...plugins.splice(from, 1))
}
