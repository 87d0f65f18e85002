/** The table of hosts. A new host is one row. */
import type { Host } from '../host.ts'
import { astro, astroServer } from './astro.ts'
import { esbuild } from './esbuild.ts'
import { nextTurbopack, nextWebpack } from './next.ts'
import { rolldown } from './rolldown.ts'
import { rollup } from './rollup.ts'
import { rspack } from './rspack.ts'
import { tsup } from './tsup.ts'
import { vite } from './vite.ts'
import { webpack } from './webpack.ts'

/** All hosts, in the order of the table's columns. */
export const hosts: readonly Host[] = [
  vite,
  rollup,
  rolldown,
  webpack,
  rspack,
  esbuild,
  tsup,
  astro,
  astroServer,
  nextTurbopack,
  nextWebpack,
]
