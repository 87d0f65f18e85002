/** What Astro's builds need beside Vite's. */
import type { AstroConfig } from 'astro'
import type { Plugin } from 'vite'

type AssetsPrefix = AstroConfig['build']['assetsPrefix']

// The name of a variant, whatever folder it lies in.
const variantName = /-\d+x\d+\.[0-9a-f]{12}\.([a-z]+)$/

/**
 * The plugin.
 *
 * @param prefixOf gives `build.assetsPrefix`. With an address per file type Astro goes by the file that names a picture, we by the picture
 */
export function buildPlugin(prefixOf: () => AssetsPrefix): Plugin {
  return {
    name: 'hero-image:astro-build',
    apply: 'build',
    config({ experimental }) {
      const prefix = prefixOf()
      if (typeof prefix !== 'object') return undefined
      const others = experimental?.renderBuiltUrl
      return {
        experimental: {
          renderBuiltUrl: (fileName, context) => toPrefixed(fileName, prefix) ?? others?.(fileName, context),
        },
      }
    },
    configEnvironment(name) {
      // Servers run without what is needed only to build them; of ours, markup is a few functions.
      return name === 'ssr' ? { resolve: { noExternal: ['@hero-image/core'] } } : undefined
    },
  }
}

function toPrefixed(fileName: string, prefix: Exclude<AssetsPrefix, string | undefined>): string | undefined {
  const extension = variantName.exec(fileName)?.[1]
  if (extension === undefined) return undefined
  return `${(prefix[extension] ?? prefix.fallback).replace(/\/+$/, '')}/${fileName}`
}
