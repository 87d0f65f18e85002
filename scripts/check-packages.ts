/** Checks each package as npm would publish it: exports, files, types. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

const license = readFileSync('LICENSE', 'utf8')

for (const name of readdirSync('packages')) {
  const folder = `packages/${name}`
  // npm packs what lies in the folder itself, never what lies above it.
  const own = `${folder}/LICENSE`
  if (!existsSync(own) || readFileSync(own, 'utf8') !== license) throw new Error(`${own} is not a copy of LICENSE.`)
  if (!existsSync(`${folder}/README.md`)) throw new Error(`${folder} has no README.md, the page that npm shows.`)
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
