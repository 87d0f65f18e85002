/** Where the files are served: the same project with each kind of public path. */
import { expect } from 'vitest'
import { urlsOf } from '../../../packages/unplugin/test/fixtures/contract.ts'
import { buildOne } from '../build.ts'
import { type CaseOf, caseNames } from '../case-names.ts'
import type { Group } from '../cross.ts'
import { reasonAgainst } from '../host.ts'
import { expectHonest, namedBy, picturesOf } from '../picture.ts'
import { assetsIn, type Seen } from '../shown.ts'

const publicPaths: Readonly<Record<CaseOf<'publicPath'>, string>> = {
  'public path /': '/',
  'public path /sub/': '/sub/',
  'public path on a CDN': 'https://cdn.example/x/',
  'URLs relative to the code or page': '',
}

type Evidence = ReadonlyMap<CaseOf<'publicPath'>, Seen>

const check =
  (name: CaseOf<'publicPath'>) =>
  async (built: Evidence): Promise<void> => {
    const seen = built.get(name)
    if (seen === undefined) throw new Error('not built')
    await expectHonest(seen)
    expect(picturesOf(seen)).toEqual(namedBy(seen))
    const start = publicPaths[name]
    for (const url of assetsIn(seen.shown).flatMap(urlsOf)) expect(url.startsWith(start), url).toBe(true)
  }

export const publicPathGroup: Group<'publicPath', Evidence> = {
  name: 'publicPath',
  forms: ['import', 'CSS url()'],
  async gather(host, project) {
    const built = new Map<CaseOf<'publicPath'>, Seen>()
    for (const [index, name] of caseNames.publicPath.entries()) {
      if (reasonAgainst(host, name) !== undefined) continue
      const wanted = { publicPath: publicPaths[name], out: `dist-${index}` }
      built.set(name, await buildOne(host, project, wanted))
    }
    return built
  },
  cases: {
    'public path /': check('public path /'),
    'public path /sub/': check('public path /sub/'),
    'public path on a CDN': check('public path on a CDN'),
    'URLs relative to the code or page': check('URLs relative to the code or page'),
  },
}
