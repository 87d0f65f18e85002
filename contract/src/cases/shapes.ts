/** Shapes of output: formats, several outputs of one build, libraries. */
import { expect } from 'vitest'
import { build } from '../build.ts'
import type { CaseOf } from '../case-names.ts'
import type { Group } from '../cross.ts'
import { reasonAgainst, type Shape } from '../host.ts'
import { expectHonest, namedBy, picturesOf } from '../picture.ts'
import type { Seen } from '../shown.ts'

const shapes: Readonly<Record<CaseOf<'shapes'>, Shape>> = {
  'CommonJS output': 'cjs',
  'IIFE output': 'iife',
  'several outputs at once': 'several',
  library: 'library',
}

type Evidence = (name: CaseOf<'shapes'>) => Promise<readonly Seen[]>

const check =
  (name: CaseOf<'shapes'>) =>
  async (built: Evidence): Promise<void> => {
    const outputs = await built(name)
    expect(outputs.length).toBeGreaterThan(0)
    for (const seen of outputs) {
      await expectHonest(seen)
      expect(picturesOf(seen)).toEqual(namedBy(seen))
    }
  }

export const shapesGroup: Group<'shapes', Evidence> = {
  name: 'shapes',
  forms: ['import'],
  async gather(host, project) {
    return async (name) => {
      if (reasonAgainst(host, name) !== undefined) return []
      return build(host, project, { shape: shapes[name], out: `dist-${shapes[name]}` })
    }
  },
  cases: {
    'CommonJS output': check('CommonJS output'),
    'IIFE output': check('IIFE output'),
    'several outputs at once': check('several outputs at once'),
    library: check('library'),
  },
}
