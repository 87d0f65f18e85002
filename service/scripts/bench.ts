/** `npm run bench`: the figures of the service, one file of `bench` after the other; `-- <name>` runs one. Figures are printed, never judged: machines differ. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolder } from '../src/package-folder.ts'

const folder = join(packageFolder, 'bench')
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length))
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(', ')}. There are: ${names.join(', ')}.\n`)
  process.exit(1)
}
for (const name of wanted.length > 0 ? wanted : names) {
  process.stdout.write(`\n== ${name}\n`)
  const { status } = spawnSync(process.execPath, ['--conditions=@hero-image/source', join(folder, `${name}.ts`)], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exitCode = status ?? 1
}
