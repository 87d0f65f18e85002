/** Rules and plugins of users that claim pictures: ours stay ours, theirs stay theirs. */
import { expect } from 'vitest'
import { buildOne } from '../build.ts'
import type { CaseOf } from '../case-names.ts'
import type { Group } from '../cross.ts'
import { type FormName, forms } from '../forms.ts'
import type { Fight, Host } from '../host.ts'
import { expectHonest, shownNames } from '../picture.ts'
import { formsOf } from '../project.ts'
import { plannedNames } from '../reference.ts'
import { assetsIn, type Seen } from '../shown.ts'

const fights: Readonly<Record<CaseOf<'fights'>, Fight>> = {
  'user’s rule: every .jpg is an asset': 'asset',
  'user’s rule: file-loader': 'file-loader',
  'user’s rule: oneOf': 'oneOf',
  'user’s rule: SVGs are components': 'svg',
}

type Evidence = (name: CaseOf<'fights'>) => Promise<Seen & { readonly host: Host }>

const fightForms: readonly FormName[] = ['import', 'SVG']

const check =
  (name: CaseOf<'fights'>) =>
  async (built: Evidence): Promise<void> => {
    const seen = await built(name)
    await expectHonest(seen)
    const planned = await plannedNames(formsOf(seen.host, fightForms).flatMap((form) => forms[form].wishes))
    expect(await shownNames(seen, seen.shown)).toEqual(planned)
    const { theirs } = seen.shown
    expect(theirs, 'what the user’s rule makes of an import without ?hero').toBeDefined()
    expect(assetsIn(theirs)).toEqual([])
  }

export const fightsGroup: Group<'fights', Evidence> = {
  name: 'fights',
  forms: fightForms,
  async gather(host, project) {
    return async (name) => {
      const fight = fights[name]
      const file = fight === 'svg' ? 'drawing.svg' : 'import.jpg'
      await project.write(
        'src/other.js',
        `import theirs from '../photos/${file}'\nexport const other = typeof theirs === 'string' ? theirs : typeof theirs\n`,
      )
      const { shown, ...seen } = await buildOne(host, project, { fight, out: `dist-${fight}` })
      return { ...seen, host, shown: { ...shown, theirs: shown.other } }
    }
  },
  cases: {
    'user’s rule: every .jpg is an asset': check('user’s rule: every .jpg is an asset'),
    'user’s rule: file-loader': check('user’s rule: file-loader'),
    'user’s rule: oneOf': check('user’s rule: oneOf'),
    'user’s rule: SVGs are components': check('user’s rule: SVGs are components'),
  },
}
