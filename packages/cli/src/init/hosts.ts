/** Hosts other than Vite: what a person has to write and to install. */

/** A host that was found. */
export interface OtherHost {
  readonly host: string
  readonly about: string
  /** The package of ours that it takes. */
  readonly package: string
  /** Entry for `compilerOptions.types`; absent where the host writes the types itself. */
  readonly types?: string
  /** The site itself needs the package, not only its build. */
  readonly runs?: true
}

const unplugin = { package: '@hero-image/unplugin', types: '@hero-image/unplugin/client' }
const webpack = { package: '@hero-image/webpack', types: '@hero-image/webpack/client' }

const hosts: Readonly<Record<string, OtherHost>> = {
  rollup: {
    host: 'rollup',
    about: "import heroImage from '@hero-image/unplugin/rollup', and add heroImage() to `plugins`",
    ...unplugin,
  },
  rolldown: {
    host: 'rolldown',
    about: "import heroImage from '@hero-image/unplugin/rolldown', and add heroImage() to `plugins`",
    ...unplugin,
  },
  next: {
    host: 'next',
    about: "import { withHeroImage } from '@hero-image/next', and export withHeroImage(nextConfig)",
    package: '@hero-image/next',
    types: '@hero-image/next/client',
    runs: true,
  },
  astro: {
    host: 'astro',
    about: "import { heroImage } from '@hero-image/astro', and add heroImage() to `integrations`",
    package: '@hero-image/astro',
    runs: true,
  },
  webpack: {
    host: 'webpack',
    about: "import { HeroImageWebpackPlugin } from '@hero-image/webpack', and add it to `plugins`",
    ...webpack,
  },
  '@rspack/core': {
    host: 'rspack',
    about: "import { HeroImageRspackPlugin } from '@hero-image/webpack', and add it to `plugins`",
    ...webpack,
  },
  esbuild: {
    host: 'esbuild',
    about: "import heroImage from '@hero-image/unplugin/esbuild', and add heroImage() to `plugins`",
    ...unplugin,
  },
}

/** The hosts among a project's dependencies. */
export function otherHosts(dependencies: ReadonlySet<string>): OtherHost[] {
  return Object.entries(hosts).flatMap(([name, host]) => (dependencies.has(name) ? [host] : []))
}
