/** Checks each package as npm would publish it: exports, files, types. */
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'

for (const name of readdirSync('packages')) {
  const folder = `packages/${name}`
  execFileSync('publint', ['--strict', folder], { stdio: 'inherit' })
  // `client` has types only, and names the package that it is part of, which resolution before Node 12 cannot follow. What ends in .astro only Astro's own
  // language server understands.
  const types = [
    '--pack',
    folder,
    '--profile',
    'esm-only',
    '--format',
    'ascii',
    '--quiet',
    '--exclude-entrypoints',
    'client',
    'HeroImage.astro',
  ]
  execFileSync('attw', types, { stdio: 'inherit' })
}
