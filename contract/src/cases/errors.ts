/** What goes wrong is told once, with file and hint, and the command fails. */
import { expect } from 'vitest'
import type { Project } from '../../../packages/unplugin/test/fixtures/project.ts'
import { attempt } from '../build.ts'
import type { Group } from '../cross.ts'
import type { Host } from '../host.ts'
import type { Ran } from '../run.ts'

interface Evidence {
  readonly host: Host
  readonly project: Project
}

/** Builds a project whose `src/shown.js` has these statements and shows `a`. */
async function attemptWith({ host, project }: Evidence, statements: string): Promise<Ran> {
  await project.write('src/shown.js', `${statements}\nexport async function show() {\n  return { a }\n}\n`)
  return attempt(host, project)
}

function expectError({ host }: Evidence, { status, said }: Ran, code: string, file: string, hint: string): void {
  expect(status, said).toBeGreaterThan(0)
  expect(said).toContain(file)
  expect(said).toContain(hint)
  expect(said.split(`[${code}]`).length - 1, said).toBe(host.tells ?? 1)
}

export const errorsGroup: Group<'errors', Evidence> = {
  name: 'errors',
  forms: ['import'],
  async gather(host, project) {
    await project.write('photos/broken.jpg', '<!doctype html><p>not found')
    return { host, project }
  },
  cases: {
    'unknown preset fails': async (evidence) => {
      const ran = await attemptWith(evidence, "import a from '../photos/import.jpg?hero=crad'")
      expectError(evidence, ran, 'HERO_UNKNOWN_PRESET', 'photos/import.jpg', "'card'")
    },
    'broken photo fails': async (evidence) => {
      const ran = await attemptWith(evidence, "import a from '../photos/broken.jpg?hero'")
      expectError(evidence, ran, 'HERO_NOT_AN_IMAGE', 'photos/broken.jpg', 'fetch the photo again')
    },
    // It yields one URL where a picture has many: the original would ship.
    'new URL() fails': async (evidence) => {
      const ran = await attemptWith(evidence, "const a = new URL('../photos/import.jpg?hero', import.meta.url).href")
      expectError(evidence, ran, 'HERO_UNSUPPORTED_REFERENCE', 'photos/import.jpg', 'hero.src')
      expect(ran.said).toContain('src/shown.js:1')
    },
  },
}
