/** How long encoding will take: for people who wait, not for decisions. */
import type { Variant } from '../types.ts'

/** CPU seconds per megapixel at our default efforts, on an ordinary laptop core. */
const secondsPerMegapixel: Readonly<Record<Variant['format'], number>> = {
  avif: 0.75,
  webp: 0.05,
  jpeg: 0.13,
  png: 0.3,
  gif: 0.3,
  svg: 0,
}

/** AVIF's efforts 0 to 3 relative to the last; from 4 on it costs several times as much. */
const avifEfforts: readonly number[] = [0.1, 0.2, 0.5, 1]
const slowAvif = 4.5

/**
 * Seconds that encoding takes about.
 *
 * @param jobs encodes at once
 */
export function estimateSeconds(variants: readonly Variant[], jobs: number): number {
  return variants.reduce((sum, variant) => sum + secondsOf(variant), 0) / jobs
}

function secondsOf({ format, width, height, frames, encoder }: Variant): number {
  const effort = format === 'avif' ? (avifEfforts[encoder.effort] ?? slowAvif) : 1
  return ((width * height * frames) / 1e6) * secondsPerMegapixel[format] * effort
}
