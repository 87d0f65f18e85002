import { describe, expect, test } from 'vitest'
import { planOf } from '../test/fixtures/plan.ts'
import { toLookLine } from './explain.ts'
import type { CropWarning, Plan, PlannedCrop } from './types.ts'

const plan = planOf()

/** A plan whose crops have these warnings, in order. */
function warned(file: string, warnings: readonly (readonly CropWarning[])[], over: Partial<PlannedCrop> = {}): Plan {
  const crops = plan.crops.map((crop, index) => ({ ...crop, ...over, warnings: warnings[index] ?? [] }))
  return { ...plan, file: `/project/${file}`, crops }
}

const line = (...plans: Plan[]) => toLookLine(plans, (file) => file.replace('/project/', ''))

describe('the line about crops that deserve a look', () => {
  test('names photo, crop and reason, each once', () => {
    const one = warned('b.jpg', [[], [], ['face-cut', 'subject-cut']])
    expect(line(one, one, warned('a b.jpg', [['low-confidence']]))).toBe(
      "look at: a b.jpg wide (not sure what matters), b.jpg tall (face cut, subject cut) → hero-image inspect 'a b.jpg'",
    )
  })

  test('stays one line', () => {
    const all = ['a', 'b'].map((name) => warned(`${name}.jpg`, [['face-cut'], ['face-cut'], ['face-cut']]))
    expect(line(...all)).toMatch(/^look at: a\.jpg standard .*, b\.jpg standard \(face cut\) and 2 more → /)
  })

  test('is absent where all is well', () => {
    expect(line(warned('a.jpg', []))).toBeUndefined()
  })

  test('does not ask again for what a person has decided, unless for another photo', () => {
    const cut = warned('a.jpg', [['subject-cut']])
    const crops = cut.crops.map(({ pin: _, ...crop }) => ({ ...crop, by: 'sidecar' }))
    expect(line({ ...cut, crops })).toBeUndefined()
    expect(line(warned('a.jpg', [['face-cut']], { by: 'lock' }))).toBeUndefined()
    expect(line(warned('a.jpg', [['photo-changed', 'face-cut']], { by: 'lock' }))).toMatch(
      /\(decided for an earlier photo\)/,
    )
  })
})
