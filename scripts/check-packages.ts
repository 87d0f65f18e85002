/** Checks each package as npm would publish it: exports, files, types. */
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'

const packages = readdirSync('packages').map((name) => `packages/${name}`)
for (const folder of packages) {
  execFileSync('publint', ['--strict', folder], { stdio: 'inherit' })
  execFileSync('attw', ['--pack', folder, '--profile', 'esm-only', '--format', 'ascii', '--quiet'], {
    stdio: 'inherit',
  })
}
