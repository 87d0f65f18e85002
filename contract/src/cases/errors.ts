/** What goes wrong is told once, with file and hint, and the command fails. */
import { expect } from 'vitest'
import type { Project } from '../../../packages/unplugin/test/fixtures/project.ts'
import { attempt } from '../build.ts'
import type { Group } from '../cross.ts'
import type { Host } from '../host.ts'
import { nameIn, picturesOf } from '../picture.ts'
import type { Ran } from '../run.ts'
import type { Seen } from '../shown.ts'

interface Evidence {
  readonly host: Host
  readonly project: Project
}

/** Builds a project whose `src/shown.js` has these statements and shows `a`. */
async function attemptWith(
  { host, project }: Evidence,
  statements: string,
): Promise<Ran & { seen(): Promise<Seen[]> }> {
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
    'new URL() fails or works': async (evidence) => {
      const ran = await attemptWith(
        evidence,
        "const a = { src: new URL('../photos/import.jpg?hero', import.meta.url).href, sources: [] }",
      )
      if (ran.status !== 0)
        return expectError(evidence, ran, 'HERO_UNSUPPORTED_REFERENCE', 'photos/import.jpg', 'hero.src')
      for (const seen of await ran.seen()) {
        const shown = seen.shown.a
        const url = typeof shown === 'object' && shown !== null && 'src' in shown ? String(shown.src) : ''
        expect(await seen.bytesOf(url), `there is no file for ${url}`).toBeDefined()
        expect(
          picturesOf(seen).filter((path) => nameIn(path) === path),
          'full-size originals',
        ).toEqual([])
      }
    },
  },
}
