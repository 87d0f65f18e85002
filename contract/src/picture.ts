/** What must hold for the pictures of any output, whichever host made it. */
import type { HeroAsset } from '@hero-image/core'
import sharp from 'sharp'
import { expect } from 'vitest'
import { urlsOf } from '../../packages/unplugin/test/fixtures/contract.ts'
import { nameOf } from './reference.ts'
import { assetsIn, type Seen, type View } from './shown.ts'

const image = /\.(?:avif|webp|jpe?g|png|gif|svg)$/i

/** A URL with what the asset says of it. */
interface Promised {
  readonly url: string
  /** MIME type. */
  readonly type: string
  readonly width: number
}

function promisesOf({ sources }: HeroAsset): Promised[] {
  return sources.flatMap(({ srcset, type }) =>
    srcset.split(', ').map((candidate) => {
      const [url = '', width = ''] = candidate.split(' ')
      return { url, type, width: Number.parseInt(width, 10) }
    }),
  )
}

async function expectKept({ url, type, width }: Promised, bytes: Buffer | undefined): Promise<void> {
  expect(bytes, `there is no file for ${url}`).toBeDefined()
  const found = await sharp(bytes).metadata()
  const format = found.format === 'heif' ? 'avif' : found.format
  expect({ type: `image/${format === 'svg' ? 'svg+xml' : format}`, width: found.width }, url).toEqual({ type, width })
}

/** Checks every URL of every asset that is shown. */
export async function expectHonest({ shown, bytesOf }: View): Promise<void> {
  const assets = assetsIn(shown)
  expect(assets.length, 'assets shown').toBeGreaterThan(0)
  for (const asset of assets) {
    for (const promised of promisesOf(asset)) await expectKept(promised, await bytesOf(promised.url))
    expect(await bytesOf(asset.src), `a file for ${asset.src}`).toBeDefined()
  }
}

/** The engine's names of all files that assets name, known by their bytes; ask for the plan before. */
export async function shownNames({ bytesOf }: View, shown: unknown): Promise<Set<string>> {
  const urls = [...new Set(assetsIn(shown).flatMap(urlsOf))]
  return new Set(await Promise.all(urls.map(async (url) => nameOf(await bytesOf(url)) ?? `unknown bytes: ${url}`)))
}

/** Paths of all pictures of an output. */
export function picturesOf({ files }: Seen): string[] {
  return [...files.keys()].filter((path) => image.test(path)).sort()
}

/** Paths that assets and style sheets of an output name. */
export function namedBy(seen: Seen): string[] {
  const inAssets = assetsIn(seen.shown).flatMap((asset) => [
    ...urlsOf(asset),
    ...asset.preload.flatMap(({ imagesrcset }) => imagesrcset.split(', ').map((each) => each.split(' ')[0] ?? '')),
  ])
  const named = [...inAssets.map((url) => seen.pathOf(url) ?? url), ...namedByStyles(seen)]
  return [...new Set(named)].sort()
}

/** Paths that style sheets of an output name, inside pages too; `data:` left out. */
export function namedByStyles(seen: Seen): string[] {
  const sheets = [...seen.files].filter(([path]) => /\.(?:css|html)$/.test(path))
  return sheets.flatMap(([path, css]) =>
    [...css.toString().matchAll(/url\(\s*(["']?)((?!data:)[^"')]+)\1\s*\)/g)].map(
      ([, , url = '']) => seen.pathOf(url, path) ?? url,
    ),
  )
}

/** The name the engine gave a file, without folder and without what the host added to it: `hero-640x320.0a1b2c3d4e5f.avif`. */
export function nameIn(path: string): string {
  const [, name, extension] = /([^/]+-\d+x\d+\.[0-9a-f]{12})[^/]*(\.\w+)$/.exec(path) ?? []
  return name === undefined ? path : `${name}${extension}`
}
