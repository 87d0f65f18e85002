import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createBell } from './bell.ts'

test('a bell removes those of processes that were killed, and no others', () => {
  const temp = mkdtempSync(join(tmpdir(), 'hero-bell-'))
  vi.stubEnv('TMPDIR', temp)
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(temp, { recursive: true })
  })
  const { pid } = spawnSync(process.execPath, ['--version'])
  const [stale, foreign] = [pid, process.ppid].map((owner) => join(temp, `hero-image-bell-${owner}-of-another`))
  for (const file of [stale, foreign]) writeFileSync(String(file), '')
  const bell = createBell()
  const own = bell.awaitFile(join(temp, 'photo.jpg.hero.json'))
  expect([stale, foreign, own].map((file) => existsSync(String(file)))).toEqual([false, true, true])
  bell.close()
  expect(existsSync(own)).toBe(false)
})
