import { expect, test } from 'vitest'
import { analysisOf, photoHash } from '../../test/fixtures/plan.ts'
import { resolveOptions } from '../options/resolve.ts'
import { parseQuery } from '../request/query.ts'
import { resolveRequest } from '../request/resolve.ts'
import type { Store } from '../store/store.ts'
import type { Analysis } from '../types.ts'
import { createPlanner } from './planner.ts'

const options = resolveOptions({}, '/project')
const file = '/project/hero.jpg'

/** How many plans are stored when the photo was known as `photoHash` by `none`, and its analysis turns out to be this. */
async function countStored(analysis: Analysis): Promise<number> {
  const written: string[] = []
  const store: Store = {
    dir: '/cache',
    mode: 'read-write',
    has: async () => false,
    read: async () => undefined,
    write: async (_room, key) => void written.push(key),
  }
  const analyser = {
    identify: async () => ({ photo: photoHash, detector: 'none', key: 'a1' }),
    analyse: async () => analysis,
    close: async () => undefined,
  }
  const plan = createPlanner(options, store, analyser)
  const { facts } = await plan(file, resolveRequest(options, parseQuery('?hero', file), file), { tools: 'render 1' })
  expect(facts).toEqual(analysis.facts)
  return written.length
}

test('a plan is kept for the photo and the detector it is of, not for those of a moment before', async () => {
  expect(await countStored(analysisOf())).toBe(1)
  expect(await countStored(analysisOf({ hash: 'cd'.repeat(32) }))).toBe(0)
  expect(await countStored({ ...analysisOf(), detector: 'find.js 1234' })).toBe(0)
})
