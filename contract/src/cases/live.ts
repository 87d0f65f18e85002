/** Edits while the host watches or serves. Each case starts from whatever the one before has left. */
import { rename } from 'node:fs/promises'
import { expect } from 'vitest'
import { pinCrops } from '../../../packages/unplugin/test/fixtures/pins.ts'
import type { Project } from '../../../packages/unplugin/test/fixtures/project.ts'
import type { Group } from '../cross.ts'
import { forms } from '../forms.ts'
import { type Live, serveProject, watchProject } from '../live.ts'
import { photoOf } from '../photos.ts'
import { expectHonest, shownNames } from '../picture.ts'
import { contractOptions, type Edits, plannedNames } from '../reference.ts'
import { assetsIn, type View } from '../shown.ts'

const photo = 'photos/import.jpg'
const sidecar = `${photo}.hero.json`
const stale = 'dist/stale.txt'
const towards = (x: number): string => `{ "alt": "towards ${x}", "focus": { "x": ${x}, "y": ${x} } }`

/** Waits until exactly files of the photo as it is now are shown: all of them, or in development some. */
async function expectShown({ until }: Live, edits: Edits, also: (view: View) => void = () => undefined): Promise<void> {
  // Some watch builds, others serve for development, where encoders hurry.
  const built = await plannedNames(forms.import.wishes, edits)
  const planned = new Set([...built, ...(await plannedNames(forms.import.wishes, edits, 'development'))])
  await until(async (view) => {
    also(view)
    await expectHonest(view)
    expect([...(await shownNames(view, view.shown))].filter((name) => !planned.has(name))).toEqual([])
  })
}

/** Saves as editors do, in one go: a watcher never sees half a file. */
async function save(project: Project, path: string, content: string | Uint8Array): Promise<void> {
  await project.write('saving', content)
  await rename(project.at('saving'), project.at(path))
}

/** The state of the photo, kept beside the files so that cases do not depend on each other's order. */
interface Evidence {
  readonly live: Live
  readonly edits: { photo?: Buffer; sidecar?: string; lock?: number }
}

async function begin(live: Live): Promise<Evidence> {
  await expectShown(live, {}).catch(async (error: unknown) => {
    await live.stop()
    throw error
  })
  // Some watchers are up a little after their first build.
  await new Promise((resolve) => setTimeout(resolve, 500))
  return { live, edits: {} }
}

async function editUnrelated({ live, edits }: Evidence): Promise<void> {
  await save(live.project, 'src/other.js', 'export const other = 2\n')
  await expectShown(live, edits, ({ shown }) => expect(shown.other).toBe(2))
}

async function editPhoto({ live, edits }: Evidence): Promise<void> {
  edits.photo = await photoOf('another.jpg')
  await save(live.project, photo, edits.photo)
  await expectShown(live, edits)
}

const saveSidecar =
  (x: number) =>
  async ({ live, edits }: Evidence): Promise<void> => {
    edits.sidecar = towards(x)
    await save(live.project, sidecar, edits.sidecar)
    await expectShown(live, edits, ({ shown }) => expect(assetsIn(shown)[0]?.alt).toBe(`towards ${x}`))
  }

async function deleteSidecar({ live, edits }: Evidence): Promise<void> {
  delete edits.sidecar
  await live.project.remove(sidecar)
  await expectShown(live, edits, ({ shown }) => expect(assetsIn(shown)[0]?.alt).toBeUndefined())
}

const saveLock =
  (x: number) =>
  async ({ live, edits }: Evidence): Promise<void> => {
    edits.lock = x
    const { root, at } = live.project
    for (const { query } of forms.import.wishes) await pinCrops(root, at(photo), query, x, contractOptions)
    await expectShown(live, edits)
  }

export const watchGroup: Group<'watch', Evidence> = {
  name: 'watch',
  forms: ['import'],
  async gather(host, project) {
    await project.write(stale, 'of an older build')
    return begin(await watchProject(host, project))
  },
  end: ({ live }) => live.stop(),
  cases: {
    'watch: unrelated edit': editUnrelated,
    'watch: edit of the photo': editPhoto,
    'watch: new sidecar': saveSidecar(0),
    'watch: edit of the sidecar': saveSidecar(1),
    'watch: sidecar deleted': deleteSidecar,
    'watch: new lock': saveLock(0),
    'watch: edit of the lock': saveLock(1),
    'watch: output is cleaned': async ({ live, edits }) => {
      expect((await live.project.files('dist')).has('stale.txt')).toBe(false)
      await save(live.project, 'src/other.js', 'export const other = 3\n')
      await expectShown(live, edits, ({ shown }) => expect(shown.other).toBe(3))
    },
  },
}

export const devGroup: Group<'dev', Evidence> = {
  name: 'dev',
  forms: ['import'],
  gather: async (host, project) => begin(await serveProject(host, project)),
  end: ({ live }) => live.stop(),
  cases: {
    'dev: unrelated edit': editUnrelated,
    'dev: edit of the photo': editPhoto,
    'dev: new sidecar': saveSidecar(0),
    'dev: edit of the sidecar': saveSidecar(1),
    'dev: sidecar deleted': deleteSidecar,
    'dev: new lock': saveLock(0),
    'dev: edit of the lock': saveLock(1),
  },
}
