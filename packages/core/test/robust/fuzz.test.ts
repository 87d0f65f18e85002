/** Damaged pictures end in a HeroError or in the right variant: no crash, no hang, bounded memory. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { createFolder } from '../store/folder.ts'
import { startScript } from '../store/script.ts'
import { script } from './fixtures/script.ts'

const rounds = 2400

const lineSchema = z.union([
  z.object({ begun: z.number() }),
  z.object({ round: z.number(), name: z.string(), outcome: z.string(), ms: z.number(), rss: z.number() }),
])

test(`${rounds} damaged pictures`, { timeout: 240_000 }, async () => {
  const folder = join(createFolder(), 'photos')
  const { code, output } = await startScript(process.execPath, [script('fuzz.ts'), folder, String(rounds)]).ended
  const lines = output.split('\n').filter((line) => line.startsWith('{'))
  const parsed = lines.map((line) => lineSchema.parse(JSON.parse(line)))
  const done = parsed.filter((line) => 'round' in line)
  const open = parsed
    .flatMap((line) => ('begun' in line ? [line.begun] : []))
    .filter((round) => !done.some((line) => line.round === round))
  expect(code, `ended while at work on ${open.join(', ')}: ${output.slice(-2000)}`).toBe(0)
  expect(done.length).toBe(rounds)
  expect(done.filter(({ outcome }) => outcome !== 'right' && !outcome.startsWith('HERO_'))).toEqual([])
  const share = (outcome: string): number => done.filter((line) => line.outcome === outcome).length / rounds
  // Both kinds must occur, or the fuzzing tests nothing.
  expect(share('right')).toBeGreaterThan(0.1)
  expect(share('HERO_SOURCE_BROKEN') + share('HERO_SOURCE_TRUNCATED')).toBeGreaterThan(0.1)
  // What decodes can be drawn: these two would be our own failures.
  expect(done.filter(({ outcome }) => ['HERO_RENDER_FAILED', 'HERO_ANALYSIS_FAILED'].includes(outcome))).toEqual([])
  const slowest = Math.max(...done.map(({ ms }) => ms))
  const peak = Math.max(...done.map(({ rss }) => rss))
  const settled = Math.max(...done.slice(0, 400).map(({ rss }) => rss))
  const summary = `slowest ${slowest} ms, peak ${peak} MB, after 400 pictures ${settled} MB`
  expect(slowest, summary).toBeLessThan(10_000)
  // Room for fragments between what lives long; 2000 pictures of which each left a megabyte behind would take four times as much.
  expect(peak, summary).toBeLessThan(settled + 500)
})
