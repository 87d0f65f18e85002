import { expect, test } from 'vitest'
import { planOf } from '../test/fixtures/plan.ts'
import { toAsset } from './asset.ts'

const plan = planOf({ sidecar: { alt: 'A wren' } })
const asset = toAsset(plan, ({ name }) => `/assets/${name}`)

test('is plain JSON', () => {
  expect(JSON.parse(JSON.stringify(asset))).toEqual(asset)
})

test('names the fallback with its size', () => {
  const fallback = plan.variants[plan.fallback]
  expect(asset).toMatchObject({
    preset: 'hero',
    alt: 'A wren',
    src: `/assets/${fallback?.name}`,
    width: fallback?.width,
    height: fallback?.height,
  })
})

test('every descriptor is the true width of its file', () => {
  const widths = new Map(plan.variants.map(({ name, width }) => [`/assets/${name}`, `${width}w`]))
  const entries = asset.sources.flatMap(({ srcset }) => srcset.split(', ').map((entry) => entry.split(' ')))
  expect(entries.length).toBeGreaterThan(20)
  for (const [url = '', descriptor] of entries) expect(descriptor).toBe(widths.get(url))
})

test('every source has its media, type, and the size of its largest file', () => {
  expect(asset.sources.map(({ crop, media, type }) => [crop, media, type]).slice(0, 3)).toEqual([
    ['wide', '(min-width: 1024px)', 'image/avif'],
    ['wide', '(min-width: 1024px)', 'image/webp'],
    ['wide', '(min-width: 1024px)', 'image/jpeg'],
  ])
  expect(asset.sources[0]).toMatchObject({ width: 3840, height: 1920, sizes: '100vw' })
  expect(asset.sources.at(-1)).not.toHaveProperty('media')
})

test('tells of every crop its own pixels, colour and how much of the subject it keeps', () => {
  expect(asset.crops.tall).toEqual({
    ratio: 0.8,
    width: 3200,
    height: 4000,
    placeholder: expect.stringMatching(/^#/),
    kept: 1,
  })
})

test('preloads the first format of each crop', () => {
  expect(asset.preload.map(({ type }) => type)).toEqual(['image/avif', 'image/avif', 'image/avif'])
})

test('SVG: one file and nothing to choose', () => {
  const svg = toAsset(planOf({ facts: { format: 'svg', width: 300, height: 120 } }), () => '/logo.svg')
  expect(svg).toMatchObject({ src: '/logo.svg', width: 300, height: 120, sources: [], preload: [] })
})

test('what is absent in the plan is absent in the asset', () => {
  const bare = toAsset(planOf({ options: { placeholder: false } }), () => '/x')
  expect(bare).not.toHaveProperty('alt')
  expect(bare).not.toHaveProperty('placeholder')
})

test('tells where a headline goes, in the crops that have one', () => {
  const { crops } = toAsset(planOf({ query: '?text=wide:left&hero' }), ({ name }) => name)
  expect(crops.wide?.text).toMatchObject({
    side: 'left',
    box: { x: 0, y: 0, height: 1 },
    luminance: expect.any(Number),
  })
  expect(crops.tall).not.toHaveProperty('text')
})
