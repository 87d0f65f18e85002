/** `npm test`: everything that must pass, step by step; the first failure ends it. Tests run from source, but what is published is built and checked too. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromiumPath } from '../packages/vite/test/browser/chromium.ts'
import { findPostgres } from '../service/test/harness/cluster.ts'

const steps: readonly (readonly [what: string, command: string])[] = [
  ['build', 'npm run --silent build'],
  ['types', 'npm run --silent typecheck'],
  ['lint', 'biome check . --error-on-warnings'],
  ['unused code and dependencies', 'knip'],
  ['published packages', 'node scripts/check-packages.ts'],
  ['reference is up to date', 'node scripts/reference.ts --check'],
  ['README says what the examples say', 'node scripts/readme.ts --check'],
  ['settings of the service are documented', 'npm run --silent settings -w service -- --check'],
  // What takes minutes is run by `npm run bar -w service`.
  ['tests', "vitest run --project '!bar'"],
]

for (const [what, command] of steps) {
  process.stdout.write(`\n== ${what}\n`)
  const { status } = spawnSync(command, {
    shell: true,
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  })
  if (status !== 0) {
    process.stderr.write(`\nFailed: ${what} (${command})\n`)
    process.exit(status ?? 1)
  }
}
if (!existsSync(chromiumPath)) {
  process.stdout.write(
    `\nThe browser tests did not run: there is no Chromium at ${chromiumPath}. Set CHROMIUM_PATH, or install Debian's chromium.\n`,
  )
}
if (findPostgres() === undefined) {
  process.stdout.write(
    "\nThe tests of the service did not run: there is no PostgreSQL server on this machine. Install Debian's postgresql.\n",
  )
}
