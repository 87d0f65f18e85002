/** Rules and plugins of users that claim pictures: ours stay ours, theirs stay theirs. */
import { expect } from 'vitest'
import { buildOne } from '../build.ts'
import type { CaseOf } from '../case-names.ts'
import type { Group } from '../cross.ts'
import type { Fight } from '../host.ts'
import { expectHonest, namedBy, nameIn, picturesOf } from '../picture.ts'
import { assetsIn, type Seen } from '../shown.ts'

const fights: Readonly<Record<CaseOf<'fights'>, Fight>> = {
  'user’s rule: every .jpg is an asset': 'asset',
  'user’s rule: file-loader': 'file-loader',
  'user’s rule: oneOf': 'oneOf',
  'user’s rule: SVGs are components': 'svg',
}

type Evidence = (name: CaseOf<'fights'>) => Promise<Seen>

const check =
  (name: CaseOf<'fights'>) =>
  async (built: Evidence): Promise<void> => {
    const seen = await built(name)
    await expectHonest(seen)
    const ours = picturesOf(seen).filter((path) => /-\d+x\d+\.[0-9a-f]{12}/.test(path))
    expect(ours.map(nameIn)).toEqual(namedBy(seen).map(nameIn))
    const { theirs } = seen.shown
    expect(theirs, 'what the user’s rule makes of an import without ?hero').toBeDefined()
    expect(assetsIn(theirs)).toEqual([])
  }

export const fightsGroup: Group<'fights', Evidence> = {
  name: 'fights',
  forms: ['import', 'SVG'],
  async gather(host, project) {
    return async (name) => {
      const fight = fights[name]
      const file = fight === 'svg' ? 'drawing.svg' : 'import.jpg'
      await project.write(
        'src/other.js',
        `import theirs from '../photos/${file}'\nexport const other = typeof theirs === 'string' ? theirs : typeof theirs\n`,
      )
      const { shown, ...seen } = await buildOne(host, project, { fight, out: `dist-${fight}` })
      return { ...seen, shown: { ...shown, theirs: shown.other } }
    }
  },
  cases: {
    'user’s rule: every .jpg is an asset': check('user’s rule: every .jpg is an asset'),
    'user’s rule: file-loader': check('user’s rule: file-loader'),
    'user’s rule: oneOf': check('user’s rule: oneOf'),
    'user’s rule: SVGs are components': check('user’s rule: SVGs are components'),
  },
}
