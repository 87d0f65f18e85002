import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A fresh folder that is removed when the test ends. */
export function createFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'hero-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
