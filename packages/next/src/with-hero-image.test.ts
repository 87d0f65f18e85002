import type { NextConfig } from 'next'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { withHeroImage } from './with-hero-image.ts'

const options = { presets: { card: { crops: { card: { ratio: 1 } } } } }

afterEach(() => vi.unstubAllEnvs())

/** Loaders of a config's own pattern `*`, by file name. */
function loadersOf({ turbopack }: NextConfig): string[] {
  const everywhere = turbopack?.rules?.['*']
  if (!Array.isArray(everywhere)) return []
  return everywhere.flatMap((rule) => {
    const loaders = typeof rule === 'object' && 'loaders' in rule ? (rule.loaders ?? []) : []
    return loaders.map((item) => (typeof item === 'string' ? item : item.loader).replace(/^.*\//, ''))
  })
}

describe('a config', () => {
  test('given as an object stays an object, so that other wrappers can spread it', () => {
    const config = withHeroImage({ basePath: '/docs' }, options)
    expect(config.basePath).toBe('/docs')
    expect(loadersOf(config)).toEqual(expect.arrayContaining(['hero-loader.js', 'variant-loader.js', 'css-loader.js']))
  })

  test('may be left out', () => {
    expect(loadersOf(withHeroImage(undefined, options))).toContain('hero-loader.js')
  })

  test('given as a function is called with what Next says, and may answer later', async () => {
    const seen: unknown[] = []
    const config = withHeroImage(async (phase, context) => {
      seen.push(phase, context)
      return { poweredByHeader: false }
    }, options)
    const context = { defaultConfig: {} }
    const resolved = await config('phase-production-build', context)
    expect(seen).toEqual(['phase-production-build', context])
    expect(resolved.poweredByHeader).toBe(false)
    expect(loadersOf(resolved)).toContain('hero-loader.js')
  })

  test('given as a promise stays a promise', async () => {
    const config = await withHeroImage(Promise.resolve({ basePath: '/later' }), options)
    expect(config.basePath).toBe('/later')
    expect(loadersOf(config)).toContain('hero-loader.js')
  })
})

describe("the project's own bundler settings", () => {
  test('webpack() is called first, and its result is what ours is added to', () => {
    const own = { plugins: [], mine: true }
    const config = withHeroImage({ webpack: () => own }, options)
    const context = { dir: '/app', dev: false, isServer: false, config: { distDir: '.next', assetPrefix: '' } }
    const built: unknown = Reflect.apply(config.webpack ?? (() => undefined), undefined, [{ plugins: [] }, context])
    expect(built).toBe(own)
    expect(own.plugins).toHaveLength(1)
  })

  test('turbopack keeps all its other settings and rules', () => {
    const resolveAlias = { a: './b' }
    const config = withHeroImage({ turbopack: { resolveAlias, rules: { '*.svg': ['svgr'] } } }, options)
    expect(config.turbopack?.resolveAlias).toBe(resolveAlias)
    expect(Object.keys(config.turbopack?.rules ?? {})).toEqual(['*', '*.svg'])
  })

  test('Next still stops where it does not know whether webpack or Turbopack is meant', () => {
    vi.stubEnv('TURBOPACK', 'auto')
    const webpack: NextConfig['webpack'] = (config) => config
    expect(withHeroImage({ webpack }, options).turbopack).toBeUndefined()
    expect(loadersOf(withHeroImage({ webpack, turbopack: {} }, options))).toContain('hero-loader.js')
    vi.stubEnv('TURBOPACK', '1')
    expect(loadersOf(withHeroImage({ webpack }, options))).toContain('hero-loader.js')
  })
})

describe('options', () => {
  test.each([
    ['a function', { detector: () => undefined }, 'Option detector is no plain value'],
    ['a number that JSON does not know', { maxWidth: Number.POSITIVE_INFINITY }, 'Option maxWidth is no plain value'],
    ['an object of a class', { presets: new Map() }, 'Option presets is no plain value'],
    [
      'something deep inside',
      { presets: { a: { formats: [Symbol('avif')] } } },
      'Option presets.a.formats.0 is no plain',
    ],
    ['an unknown name', { qualty: 3 }, 'HERO_UNKNOWN_OPTION'],
    ['a folder', { assetsDir: 'images' }, 'Next itself decides where files lie'],
    ['a manifest', { manifest: true }, 'Option manifest has no meaning in Next'],
  ])('%s is an error when the config is read', (_what, wrong, message) => {
    expect(() => Reflect.apply(withHeroImage, undefined, [{}, wrong])).toThrow(message)
  })

  test('what is undefined was not said', () => {
    const config: NextConfig = Reflect.apply(withHeroImage, undefined, [{}, { ...options, quality: undefined }])
    expect(loadersOf(config)).toContain('hero-loader.js')
    expect(JSON.stringify(config.turbopack)).not.toContain('quality')
  })
})
