/** Every example builds with its own `build` script, as it stands and at full effort, so what the README copies from it works. Needs built packages. */
import { execFile } from 'node:child_process'
import { globSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

/** Where hosts put what they make; git ignores all of it. */
const made = ['dist', 'out', '.next', '.astro', '.turbo', 'node_modules']

const examples = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => filesOf(name).length > 1)

/** What a user would copy. */
function filesOf(example: string): string[] {
  const files = globSync('**', { cwd: join(import.meta.dirname, example), exclude: made, withFileTypes: true })
  return files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

test.each(examples)('%s', async (example) => {
  const cwd = join(import.meta.dirname, example)
  for (const folder of ['dist', 'out', '.next']) rmSync(join(cwd, folder), { recursive: true, force: true })
  const { NODE_ENV: _, VITEST: __, ...env } = process.env
  await run('npm', ['run', '--silent', 'build'], {
    cwd,
    env: { ...env, ASTRO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' },
  })
  const output = globSync('{dist,out,.next}/**/*.{avif,webp,jpg}', { cwd })
  expect(new Set(output.map(extname))).toEqual(new Set(['.avif', '.webp', '.jpg']))
  const photos = new Set(filesOf(example).map((file) => readFileSync(file, 'base64')))
  expect(
    output.filter((file) => photos.has(readFileSync(join(cwd, file), 'base64'))),
    'originals',
  ).toEqual([])
})
