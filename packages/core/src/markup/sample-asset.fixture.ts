// An asset with three crops in two formats, for the tests of this folder.
import type { HeroAsset, HeroSource } from '../types.ts'
import { toPreload } from './preload.ts'

const crops = [
  { crop: 'wide', media: '(min-width: 1024px)', width: 2000, height: 1000, widths: [1024, 1425, 1983, 2759] },
  { crop: 'standard', media: '(min-width: 640px)', width: 1500, height: 1000, widths: [640, 1024, 1664] },
  { crop: 'tall', width: 800, height: 1000, widths: [320, 480, 1000] },
] as const

const sources: readonly HeroSource[] = crops.flatMap(({ crop, width, height, widths, ...rest }) =>
  (['avif', 'jpeg'] as const).map((format) => ({
    crop,
    ...('media' in rest ? { media: rest.media } : {}),
    type: `image/${format}`,
    srcset: widths.map((each) => `/a/${crop}-${each}.${format} ${each}w`).join(', '),
    sizes: '100vw',
    width,
    height,
  })),
)

export const sampleAsset: HeroAsset = {
  preset: 'hero',
  src: '/a/tall-1000.jpeg',
  width: 800,
  height: 1000,
  sources,
  placeholder: { color: '#102030', className: 'hero-1a2b', style: ':where(.hero-1a2b){background-color:#102030}' },
  crops: {},
  preload: toPreload(sources),
}

export const sampleSvg: HeroAsset = {
  preset: 'hero',
  src: '/a/logo.svg',
  width: 300,
  height: 200,
  sources: [],
  crops: {},
  preload: [],
}
