/** Every default, with its reason. Figures: relative bytes and CPU at equal SSIMULACRA 2, see docs/performance.md. */
import type { EncoderSettings, LadderSettings, RasterFormat } from '../types.ts'
import type { PresetOptions } from './user.ts'

/**
 * AVIF first, since at equal quality WebP needs about 1.6 times its bytes; WebP for browsers that cannot read AVIF; JPEG for everything else,
 * for link previews and for feeds.
 */
export const defaultFormats: readonly RasterFormat[] = ['avif', 'webp', 'jpeg']

/**
 * Numbers in each encoder's own scale, chosen so that each format scores (SSIMULACRA 2) what photos get from the defaults of sharp that others
 * ship: AVIF 50 at 4:4:4, WebP 80, JPEG 80 without mozjpeg. `npm run bench` finds the numbers anew. PNG and GIF are lossless or palette formats
 * here; 100 means no extra loss.
 */
export const defaultQuality: Readonly<Record<RasterFormat, number>> = {
  avif: 53,
  webp: 80,
  jpeg: 80,
  png: 100,
  gif: 100,
}

/**
 * Effort per level, in each encoder's own scale.
 *
 * - AVIF `default` 3: with 4:2:0 and 10 bit it costs a fifth of effort 4's CPU for 3 % more bytes. `smallest` 4 is 3 % smaller than what others
 *   ship by default; above 4 two to three times the CPU buys 1–2 %. `fast` 0 draws 1280 px in under 0.1 s.
 * - WebP 2 costs less than half of 4's CPU for 3 % more bytes at equal score, which only browsers without AVIF fetch; 3 saves nothing against 4. 6 buys
 *   3 % for twice the CPU of 4.
 * - JPEG 1 is mozjpeg without trellis, which would cost two thirds of its CPU (5 % of a build) for 4.5 % fewer bytes at equal score, and without its search for
 *   the best order of scans; 2 has both. Only what knows neither AVIF nor WebP fetches JPEG. 0 is plain.
 */
export const defaultEffort: Readonly<Record<'fast' | 'default' | 'smallest', Readonly<Record<RasterFormat, number>>>> =
  {
    fast: { avif: 0, webp: 0, jpeg: 0, png: 1, gif: 1 },
    default: { avif: 3, webp: 2, jpeg: 1, png: 7, gif: 7 },
    smallest: { avif: 4, webp: 6, jpeg: 2, png: 10, gif: 10 },
  }

/**
 * 3840 px serves a 4K screen at full width; nothing wider is on a desk in numbers. Density 2: at 3 the eye gains nothing in photos and the bytes
 * more than double. Steps are explained at `chooseWidths`.
 */
export const defaultLadder: LadderSettings = { maxWidth: 3840, maxDensity: 2, step: 1.4 }

/**
 * `hero`: a wide view for desktops, a classic one for tablets, a tall one for phones, as wide as the window. 1024 and 640 px are where
 * layouts usually change.
 *
 * `social`: the one 1200 × 630 JPEG that link previews want; they read neither AVIF nor srcset.
 */
export const builtInPresets: Readonly<Record<string, PresetOptions>> = {
  hero: {
    crops: {
      wide: { ratio: '2:1', media: '(min-width: 1024px)' },
      standard: { ratio: '3:2', media: '(min-width: 640px)' },
      tall: { ratio: '4:5' },
    },
  },
  social: {
    crops: { social: { ratio: '1200:630', sizes: '1200px', widths: [1200] } },
    formats: ['jpeg'],
    placeholder: false,
  },
}

/**
 * 268 402 689 px is sharp's own limit, 16383²: room for every camera, none for decompression bombs. Memory 0 means by the number of cores.
 */
export const defaultLimits: {
  readonly pixels: number
  readonly bytes: number
  readonly seconds: number
  readonly memory: number
} = {
  pixels: 268_402_689,
  bytes: 256 * 1024 * 1024,
  seconds: 60,
  memory: 0,
}

/**
 * Bytes of decoded pixels held at once: 128 MiB for each core, since an AVIF of 1920 px takes 80 MB to 160 MB. On two cores with half as much, one of them
 * waited for memory during 7 of 20 s of a cold build, with three quarters during 6; with this during 0.2. The peak is 0.05 GB higher, over a
 * hundred photos 0.07 GB.
 */
export function defaultMemory(jobs: number): number {
  return Math.max(2, jobs) * 128 * 1024 * 1024
}

/** Found by every bundler, Turbopack included, and ignored by version control already. */
export const defaultCacheDir = 'node_modules/.cache/hero-image'

/** The effort of the encoders at one level, with the given qualities. */
export function encoderSettings(
  effort: 'fast' | 'default' | 'smallest',
  quality: Readonly<Record<RasterFormat, number>>,
): Readonly<Record<RasterFormat, EncoderSettings>> {
  const level = defaultEffort[effort]
  return {
    avif: { quality: quality.avif, effort: level.avif },
    webp: { quality: quality.webp, effort: level.webp },
    jpeg: { quality: quality.jpeg, effort: level.jpeg },
    png: { quality: quality.png, effort: level.png },
    gif: { quality: quality.gif, effort: level.gif },
  }
}
