import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HeroError } from '../../src/errors.ts'
import { createAnalysisPool } from '../../src/source/pool.ts'
import { heroErrorOf } from '../fixtures/hero-error.ts'
import * as photos from '../fixtures/photos.ts'

let dir = ''
const limits = { bytes: 1_000_000, pixels: 1_000_000, allowTruncated: false }
const write = async (name: string, content: string | Buffer): Promise<string> => {
  await writeFile(join(dir, name), content)
  return join(dir, name)
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hero-pool-'))
})
afterAll(() => rm(dir, { recursive: true }))

describe('createAnalysisPool', () => {
  it('analyses photos in threads', async () => {
    const pool = createAnalysisPool({ threads: 2 })
    const file = await write('photo.jpg', await photos.orientedJpeg(6))
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => pool.analyse({ ...limits, file })))
    for (const { facts, subject } of all)
      expect([facts.width, facts.height, subject.by]).toEqual([240, 160, 'saliency'])
    await pool.close()
  })

  it('raises HeroErrors of the thread as HeroErrors, with file and hint', async () => {
    const pool = createAnalysisPool({ threads: 1 })
    const text = await write('text.jpg', 'hello')
    const error = await heroErrorOf(pool.analyse({ ...limits, file: text }))
    expect(error).toBeInstanceOf(HeroError)
    expect(error).toMatchObject({
      code: 'HERO_NOT_AN_IMAGE',
      file: text,
      hint: expect.any(String),
      message: expect.stringContaining('text file'),
    })
    expect((await heroErrorOf(pool.analyse({ ...limits, file: join(dir, 'none.jpg') }))).code).toBe(
      'HERO_SOURCE_MISSING',
    )
    await pool.close()
  })

  it('uses a detector of the user, and says what is wrong with a bad one', async () => {
    const pool = createAnalysisPool({ threads: 1 })
    const file = await write('photo.jpg', await photos.orientedJpeg(1))
    const found = { label: 'cat', score: 0.9, box: { x: 0.125, y: 0.25, width: 0.5, height: 0.5 } }
    const detector = (name: string, code: string): Promise<string> => write(name, code)
    const good = await detector('good.mjs', `export default async () => [${JSON.stringify(found)}]`)
    expect((await pool.analyse({ ...limits, file, detector: good })).subject).toMatchObject({
      by: 'cat',
      boxes: [{ kind: 'cat', box: found.box, score: 0.9 }],
    })
    const bad = {
      'throws.mjs': 'export default () => { throw new Error("no model") }',
      'nothing.mjs': 'export const find = 1',
      'nonsense.mjs': 'export default async () => [{ label: "face", box: { x: 2 } }]',
      'syntax.mjs': 'export default (',
    }
    for (const [name, code] of Object.entries(bad)) {
      const module = await detector(name, code)
      const error = await heroErrorOf(pool.analyse({ ...limits, file, detector: module }))
      expect(error).toMatchObject({ code: 'HERO_DETECTOR_FAILED', file, reason: expect.stringContaining(name) })
    }
    await pool.close()
  })

  it('survives a thread that crashes or hangs, waiting time not counted', async () => {
    const pool = createAnalysisPool({ threads: 1, timeoutMs: 2000 })
    const file = await write('photo.jpg', await photos.orientedJpeg(1))
    const exits = await write('exits.mjs', 'export default () => process.exit(3)')
    const hangs = await write('hangs.mjs', 'export default () => { for (;;) {} }')
    const [crashed, hung, good] = await Promise.all([
      heroErrorOf(pool.analyse({ ...limits, file, detector: exits })),
      heroErrorOf(pool.analyse({ ...limits, file, detector: hangs })),
      pool.analyse({ ...limits, file }),
    ])
    expect(crashed).toMatchObject({ code: 'HERO_ANALYSIS_FAILED', file })
    expect(hung).toMatchObject({
      code: 'HERO_ANALYSIS_FAILED',
      file,
      reason: expect.stringContaining('longer than 2 s'),
    })
    expect(good.facts.width).toBe(240)
    await pool.close()
  })

  it('starts anew after it was closed', async () => {
    const pool = createAnalysisPool({ threads: 1 })
    const file = await write('photo.jpg', await photos.orientedJpeg(1))
    await pool.close()
    await pool.analyse({ ...limits, file })
    await pool.close()
    expect((await pool.analyse({ ...limits, file })).facts.width).toBe(240)
    await pool.close()
  })
})
