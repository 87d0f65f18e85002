import { describe, expect, test } from 'vitest'
import { photoHash, planOf } from '../../test/fixtures/plan.ts'
import type { Plan } from '../types.ts'

/** Widths by crop and format. */
const ladders = ({ sources, variants }: Plan): Record<string, (number | undefined)[]> =>
  Object.fromEntries(
    sources.map((source) => [
      `${source.crop} ${source.format}`,
      source.variants.map((index) => variants[index]?.width),
    ]),
  )

const formatsOf = (plan: Plan): string[] => [...new Set(plan.sources.map(({ format }) => format))]

describe('a photo', () => {
  const plan = planOf()

  test('gets its crops in picture order, the default one last', () => {
    expect(plan.crops.map(({ name, media }) => [name, media])).toEqual([
      ['wide', '(min-width: 1024px)'],
      ['standard', '(min-width: 640px)'],
      ['tall', undefined],
    ])
    expect(plan.sources.map(({ crop, format }) => `${crop} ${format}`)).toEqual(
      ['wide', 'standard', 'tall'].flatMap((crop) => ['avif', 'webp', 'jpeg'].map((format) => `${crop} ${format}`)),
    )
  })

  test('has widths that ascend, all formats alike but the short fallback', () => {
    const widths = ladders(plan)
    for (const list of Object.values(widths)) expect(list).toEqual([...list].sort((a, b) => (a ?? 0) - (b ?? 0)))
    expect(widths['wide avif']).toEqual(widths['wide webp'])
    expect(widths['wide avif']?.at(-1)).toBe(3840)
    expect(widths['wide jpeg']?.length).toBeLessThanOrEqual(2)
  })

  test('falls back to the largest universal file of the default crop', () => {
    const fallback = plan.variants[plan.fallback]
    expect(fallback?.format).toBe('jpeg')
    expect(plan.sources.at(-1)?.variants.at(-1)).toBe(plan.fallback)
  })

  test('every file has the ratio of its crop, fits in it, and has a name of its own', () => {
    for (const { width, height, rect } of plan.variants) {
      expect(width).toBeLessThanOrEqual(rect.width)
      expect(Math.abs(height - (width * rect.height) / rect.width)).toBeLessThanOrEqual(0.5)
    }
    expect(new Set(plan.variants.map(({ name }) => name)).size).toBe(plan.variants.length)
    expect(new Set(plan.variants.map(({ key }) => key)).size).toBe(plan.variants.length)
  })

  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
  })
})

describe('widths', () => {
  test('written by hand hold for every format, clamped to the crop, each once', () => {
    const widths = ladders(planOf({ query: '?widths=400,800,5000,9000&crops=tall&hero' }))
    expect(widths).toEqual({
      'tall avif': [400, 800, 3200],
      'tall webp': [400, 800, 3200],
      'tall jpeg': [400, 800, 3200],
    })
  })

  test('a small photo gives one file per crop and format, never larger than itself', () => {
    const plan = planOf({ facts: { width: 60, height: 40 } })
    for (const list of Object.values(ladders(plan))) expect(list).toHaveLength(1)
    expect(Math.max(...plan.variants.map(({ width }) => width))).toBe(60)
  })

  test('one pixel', () => {
    const plan = planOf({ facts: { width: 1, height: 1 } })
    expect(plan.variants.map(({ width, height }) => [width, height])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ])
  })

  test('a file that several crops need is listed once', () => {
    const crops = {
      a: { ratio: 1, media: '(min-width: 600px)', widths: [100, 200] },
      b: { ratio: 1, widths: [200, 300] },
    }
    const { sources, variants } = planOf({ options: { presets: { hero: { crops, formats: ['webp'] } } } })
    expect(variants.map(({ width }) => width)).toEqual([100, 200, 300])
    expect(sources.map((source) => source.variants)).toEqual([
      [0, 1],
      [1, 2],
    ])
  })

  test('a picture longer than the formats can hold is narrowed', () => {
    const plan = planOf({ query: '?ratio=source&hero', facts: { width: 1440, height: 50_000 } })
    expect(Math.max(...plan.variants.map(({ height }) => height))).toBeLessThanOrEqual(16_383)
    expect(plan.variants.length).toBeGreaterThan(0)
  })
})

describe('formats', () => {
  test('transparency: PNG instead of JPEG, no placeholder, and a note', () => {
    const plan = planOf({ facts: { format: 'png', alpha: true } })
    expect(formatsOf(plan)).toEqual(['avif', 'webp', 'png'])
    expect(plan.variants[plan.fallback]?.format).toBe('png')
    expect(plan.placeholder).toBeUndefined()
    expect(plan.notes.join()).toMatch(/transparent: PNG/)
  })

  test('an animation stays one in WebP and GIF, and what cannot hold it is named', () => {
    const plan = planOf({ facts: { format: 'gif', frames: 12 } })
    expect(formatsOf(plan)).toEqual(['webp', 'gif'])
    expect(plan.variants.every(({ frames }) => frames === 12)).toBe(true)
    expect(plan.notes.join()).toMatch(/12 frames: avif, jpeg cannot hold it, made as webp, gif/)
  })

  test('an animation wanted in AVIF only becomes WebP', () => {
    expect(formatsOf(planOf({ query: '?formats=avif&hero', facts: { frames: 2 } }))).toEqual(['webp'])
  })

  test('a gain map is kept in JPEG, and its loss elsewhere is said', () => {
    const plan = planOf({ facts: { gainMap: true } })
    for (const { format, gainMap } of plan.variants) expect(gainMap).toBe(format === 'jpeg')
    expect(plan.notes.join()).toMatch(/gain map: kept in JPEG, dropped in avif, webp/)
    expect(planOf({ query: '?formats=jpeg&hero', facts: { gainMap: true } }).notes).toEqual([])
  })

  test('SVG passes through as one file in its own size', () => {
    const plan = planOf({ file: '/project/logo.svg', facts: { format: 'svg', width: 300, height: 120, alpha: true } })
    expect(plan).toMatchObject({ sources: [], fallback: 0, crops: [{ name: 'tall', by: 'source', kept: 1 }] })
    expect(plan.variants).toHaveLength(1)
    expect(plan.variants[0]).toMatchObject({
      format: 'svg',
      width: 300,
      height: 120,
      name: expect.stringMatching(/^logo-300x120\.[0-9a-f]{12}\.svg$/),
    })
    expect(plan.placeholder).toBeUndefined()
    expect(plan.notes.join()).toMatch(/untouched, not cropped/)
  })
})

describe('the sidecar', () => {
  test('gives alt text and crops', () => {
    const plan = planOf({
      sidecar: { alt: 'A wren', photo: photoHash, crops: { wide: { x: 0, y: 0, width: 0.5, height: 0.375 } } },
    })
    expect(plan.alt).toBe('A wren')
    expect(plan.crops[0]).toMatchObject({ by: 'sidecar', rect: { left: 0, top: 0, width: 3000, height: 1500 } })
    expect(plan.crops[1]?.by).toBe('saliency')
    expect(plan.notes).toEqual([])
  })

  test('made for another photo is told, and used', () => {
    const plan = planOf({ sidecar: { photo: 'cd'.repeat(32), focus: { x: 0, y: 0 } } })
    expect(plan.notes.join()).toMatch(/earlier version of this photo/)
    expect(plan.crops[0]?.by).toBe('focus')
  })

  test('that speaks of a crop that no preset has is told, with the name that is meant', () => {
    const rect = { x: 0, y: 0, width: 1, height: 1 }
    const cropNames = ['wide', 'standard', 'tall', 'card']
    const plan = planOf({ sidecar: { crops: { wide: rect, crad: rect, '16:9': rect } }, cropNames })
    expect(plan.notes).toEqual(["the sidecar speaks of a crop 'crad' that no preset has. Did you mean 'card'?"])
  })

  test('whose crops are all of another preset is told', () => {
    const rect = { x: 0, y: 0, width: 1, height: 1 }
    expect(planOf({ sidecar: { crops: { round: rect } } }).notes.join()).toMatch(
      /crops \(round\) are not in preset 'hero'/,
    )
    expect(planOf({ sidecar: { crops: { round: rect, wide: rect } } }).notes).toEqual([])
  })
})

describe('the placeholder', () => {
  test('is small and named by what it shows', () => {
    const { placeholder } = planOf()
    expect(placeholder?.style).toContain(placeholder?.className)
    expect(placeholder?.colour).toMatch(/^#[0-9a-f]{6}$/)
    expect(planOf({ facts: { hash: 'cd'.repeat(32) } }).placeholder?.className).not.toBe(placeholder?.className)
  })

  test('is absent when switched off', () => {
    expect(planOf({ options: { placeholder: false } }).placeholder).toBeUndefined()
  })
})
