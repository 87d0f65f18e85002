import { expect, test } from 'vitest'
import { toLog } from './log.ts'

const summary = (made: number): string =>
  `hero-image: 2 photos → 9 files (${made} made, ${9 - made} cached), 1.2 MB → 300 kB, 0.5 s`

test('short name; a second summary only when it has news', () => {
  const said: string[] = []
  const log = toLog({
    fork: (label) => ({
      info: (text) => void said.push(`[${label}] ${text}`),
      warn: (text) => void said.push(`[${label}] ! ${text}`),
    }),
  })
  log.warn('hero-image: something')
  for (const made of [0, 0, 3]) log.info(summary(made))
  expect(said).toEqual([
    '[hero-image] ! something',
    '[hero-image] 2 photos → 9 files (0 made, 9 cached), 1.2 MB → 300 kB, 0.5 s',
    '[hero-image] 2 photos → 9 files (3 made, 6 cached), 1.2 MB → 300 kB, 0.5 s',
  ])
})
