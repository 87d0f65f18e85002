/** One project with every form a host knows, built three times: cold, with all caches, and with the host's cache alone. */
import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import { buildOne } from '../build.ts'
import type { CaseOf } from '../case-names.ts'
import type { Group } from '../cross.ts'
import { type FormName, forms } from '../forms.ts'
import type { Host } from '../host.ts'
import { expectHonest, namedBy, namedByStyles, nameIn, picturesOf, shownNames } from '../picture.ts'
import { formsOf } from '../project.ts'
import { nameOf, plannedNames } from '../reference.ts'
import { assetsIn, type Seen } from '../shown.ts'

interface Evidence {
  readonly host: Host
  readonly cold: Seen
  /** Output deleted, all caches kept. */
  readonly warm: Seen
  /** Output and image cache deleted, the host's cache kept. */
  readonly hostCacheOnly: Seen
  /** Files in the host's cache after the first build. */
  readonly cached: number
}

const all = Object.keys(forms).filter((name): name is FormName => name in forms)

/** What a form brings and shows. */
async function expectForm({ cold }: Evidence, name: FormName): Promise<void> {
  const { wishes } = forms[name]
  const assets = assetsIn(cold.shown[name])
  expect(assets, 'assets shown').toHaveLength(wishes.length)
  const planned = await plannedNames(wishes)
  expect(await shownNames(cold, assets)).toEqual(planned)
}

async function expectStyles({ cold }: Evidence): Promise<void> {
  const planned = await plannedNames(forms['CSS url()'].wishes)
  const paths = namedByStyles(cold)
  expect(paths.length, 'files named by styles').toBeGreaterThan(0)
  expect(paths.filter((path) => !planned.has(nameOf(cold.files.get(path)) ?? ''))).toEqual([])
}

const asForm =
  (name: FormName & CaseOf<'build'>) =>
  (evidence: Evidence): Promise<void> =>
    expectForm(evidence, name)

function expectSame(again: Seen, cold: Seen): void {
  expect(picturesOf(again)).toEqual(picturesOf(cold))
  for (const path of picturesOf(cold))
    expect(again.files.get(path)?.equals(cold.files.get(path) ?? Buffer.of()), path).toBe(true)
  expect(isDeepStrictEqual(again.shown, cold.shown), 'the same is shown').toBe(true)
}

export const buildGroup: Group<'build', Evidence> = {
  name: 'build',
  forms: all,
  async gather(host, project) {
    const cold = await buildOne(host, project)
    const cached = host.hostCache === undefined ? 0 : (await project.files(host.hostCache)).size
    await project.remove(cold.folder)
    const warm = await buildOne(host, project)
    await project.remove(cold.folder)
    await project.remove('image-cache')
    const hostCacheOnly = await buildOne(host, project)
    return { host, cold, warm, hostCacheOnly, cached }
  },
  cases: {
    'cold build': async ({ host, cold }) => {
      const wishes = formsOf(host, all).flatMap((name) => (name === 'CSS url()' ? [] : forms[name].wishes))
      const planned = await plannedNames(wishes)
      const names = new Set(picturesOf(cold).map((path) => nameOf(cold.files.get(path))))
      expect([...planned].filter((name) => !names.has(name))).toEqual([])
    },
    'every URL is a file of its type and width': ({ cold }) => expectHonest(cold),
    'no missing and no unreferenced file': ({ cold }) => expect(picturesOf(cold)).toEqual(namedBy(cold)),
    'names are the same in every host': async ({ host, cold }) => {
      await plannedNames(formsOf(host, all).flatMap((name) => forms[name].wishes))
      expect(picturesOf(cold).filter((path) => nameOf(cold.files.get(path)) !== nameIn(path))).toEqual([])
    },
    import: asForm('import'),
    'overrides in the import': asForm('overrides in the import'),
    'dynamic import': asForm('dynamic import'),
    'dynamic import of a variable': asForm('dynamic import of a variable'),
    'import.meta.glob': asForm('import.meta.glob'),
    require: asForm('require'),
    'CSS url()': expectStyles,
    'template string': async (evidence) => {
      const [asset] = assetsIn(evidence.cold.shown['template string'])
      expect(evidence.cold.files.has(evidence.cold.pathOf(asset?.src ?? '') ?? ''), asset?.src).toBe(true)
    },
    SVG: asForm('SVG'),
    'unused import ships nothing': ({ cold }) =>
      expect(picturesOf(cold).filter((path) => path.includes('unused'))).toEqual([]),
    'path alias': asForm('path alias'),
    'symlinked workspace': asForm('symlinked workspace'),
    'pnpm-like layout': asForm('pnpm-like layout'),
    'output deleted, caches kept': ({ cold, warm }) => expectSame(warm, cold),
    'image cache deleted, host’s cache kept': ({ host, cold, hostCacheOnly, cached }) => {
      if (host.hostCache !== undefined) expect(cached, 'files in the host’s cache').toBeGreaterThan(0)
      expectSame(hostCacheOnly, cold)
    },
  },
}
