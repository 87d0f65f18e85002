/** A build that is killed at any moment leaves nothing behind but complete entries. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { headerSize, isEntry } from '../../src/store/entry.ts'
import { listEntries } from '../../src/store/walk.ts'
import { createFolder } from '../store/folder.ts'
import { startScript } from '../store/script.ts'
import { buildProject, openProject, writeProject } from './fixtures/project.ts'
import { createRandom } from './fixtures/random.ts'
import { script } from './fixtures/script.ts'

const kills = 50

/** Payloads of all variants in a store; a torn or corrupt one fails the test. */
async function readVariants(dir: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = (await listEntries(dir)).filter(({ room }) => room === 'variant')
  return new Map(
    entries.map(({ file }) => {
      const bytes = readFileSync(file)
      expect(isEntry(bytes.subarray(0, headerSize), bytes.subarray(headerSize)), file).toBe(true)
      return [file.slice(-64), bytes.subarray(headerSize)]
    }),
  )
}

async function buildHere(root: string, dir: string): Promise<void> {
  const engine = openProject(root, dir)
  await buildProject(engine)
  await engine.close()
}

test('a killed cold build is finished by the next one, byte for byte', { timeout: 180_000 }, async () => {
  const root = createFolder()
  await writeProject(root)
  await buildHere(root, join(root, 'clean'))
  const clean = await readVariants(join(root, 'clean'))
  expect(clean.size).toBeGreaterThan(70)
  const random = createRandom(1)
  const left: number[] = []
  let slowest = 0
  for (let kill = 0; kill < kills; kill += 1) {
    const dir = join(root, `killed-${kill}`)
    const { child, until, ended } = startScript(process.execPath, [script('build-project.ts'), root, dir])
    // Spread over the build by what it has made, so that a busy machine changes nothing, and by time in between.
    const done = Math.floor((kill / kills) * clean.size)
    await until(done === 0 ? 'begun' : `made ${done}\n`)
    await new Promise((next) => setTimeout(next, random() * (done === 0 ? 100 : 10)))
    child.kill('SIGKILL')
    await ended
    const torso = await readVariants(dir)
    for (const [key, bytes] of torso) expect(clean.get(key)?.equals(bytes), key).toBe(true)
    left.push(torso.size)
    const again = performance.now()
    await buildHere(root, dir)
    slowest = Math.max(slowest, performance.now() - again)
    expect(await readVariants(dir)).toEqual(clean)
  }
  // The kills fell where they tell something: at many stages of the build.
  expect(new Set(left).size).toBeGreaterThan(kills / 5)
  // Nobody waited for a lock of the dead.
  expect(slowest).toBeLessThan(10_000)
})
