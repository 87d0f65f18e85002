/** `npm run bar`: everything the service has to show, in one run: the quick tests and those that take minutes. Each prints its counts; the last lines gather them. */
import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { packageFolder } from '../src/package-folder.ts'
import { findPostgres } from '../test/harness/cluster.ts'

if (findPostgres() === undefined) {
  process.stderr.write(
    "There is no PostgreSQL server on this machine, and the bar needs one. Install Debian's postgresql.\n",
  )
  process.exit(1)
}
// `--slow` leaves out what `npm test` has run already.
const projects = process.argv.includes('--slow') ? ['bar'] : ['service', 'bar']
const { status } = spawnSync('vitest', ['run', ...projects.flatMap((name) => ['--project', name])], {
  cwd: dirname(packageFolder),
  stdio: 'inherit',
})
process.exitCode = status ?? 1
