/** Hosts other than Vite: what a person has to write, or what to use meanwhile. */

/** A host that was found. */
export interface OtherHost {
  readonly host: string
  readonly about: string
}

const crops = 'has no plugin in this version; make files and markup with: hero-image crop'

const hosts: Readonly<Record<string, { readonly host: string; readonly about: string }>> = {
  rollup: {
    host: 'rollup',
    about: "import heroImage from '@hero-image/unplugin/rollup', and add heroImage() to `plugins`",
  },
  rolldown: {
    host: 'rolldown',
    about: "import heroImage from '@hero-image/unplugin/rolldown', and add heroImage() to `plugins`",
  },
  next: { host: 'next', about: crops },
  astro: { host: 'astro', about: crops },
  webpack: { host: 'webpack', about: crops },
  '@rspack/core': { host: 'rspack', about: crops },
  esbuild: { host: 'esbuild', about: crops },
}

/** The hosts among a project's dependencies. */
export function otherHosts(dependencies: ReadonlySet<string>): OtherHost[] {
  return Object.entries(hosts).flatMap(([name, host]) => (dependencies.has(name) ? [host] : []))
}
