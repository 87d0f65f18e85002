// Which widths a crop gets: chosen from what its slots ask for, not from a list.
import type { LadderSettings } from '../types.ts'

/** What the widths of one crop are chosen from. */
export interface LadderRequest {
  /** Smallest and largest slot in CSS px. */
  readonly slots: { readonly min: number; readonly max: number }
  /** The crop's own width in the source, px: nothing wider is ever made. */
  readonly available: number
  readonly ladder: LadderSettings
}

/** Two widths closer than this are one: the larger costs at most 20 % more bytes, less than a further file is worth. */
const sameWidth = 1.12

/**
 * The widths of a crop in px, ascending.
 *
 * Lowest: what the smallest slot asks for at density 1. Highest: the largest slot at `maxDensity`, at most `maxWidth`
 * and at most what the source has. Between them the fewest widths at equal ratios, none above `step`.
 *
 * Why equal ratios: bytes grow about like width^1.6, so a screen that needs n px and gets the next width w pays (w /
 * n)^1.6. Needs spread evenly on a logarithmic scale waste (s^1.6 − 1) / (1.6 ln s) − 1 on average for a ratio s,
 * wherever the rung stands: 20 % at 1.25, 32 % at 1.4, 41 % at 1.5, 83 % at 2. From 1.4 down to 1.25 half as many files
 * again (each in every format and crop, and fewer hits in shared caches) buy 12 points; from 1.4 up to 2 half the files
 * are saved for 50. Hence the default of 1.4. Browsers do better than this average, since they accept a slightly
 * smaller file.
 */
export function chooseWidths({ slots, available, ladder }: LadderRequest): number[] {
  const top = Math.max(1, Math.round(Math.min(slots.max * ladder.maxDensity, ladder.maxWidth, available)))
  const bottom = Math.max(1, Math.round(Math.min(slots.min, top)))
  if (top / bottom < sameWidth) return [top]
  const steps = Math.max(1, Math.ceil(Math.log(top / bottom) / Math.log(Math.max(ladder.step, sameWidth)) - 1e-9))
  return Array.from({ length: steps + 1 }, (_, rung) => Math.round(bottom * (top / bottom) ** (rung / steps)))
}

/**
 * Widths given by hand, made honest: ascending, whole, each once, and those beyond the source replaced by the source's
 * own width once.
 */
export function clampWidths(widths: readonly number[], available: number): number[] {
  const honest = widths.map((width) => Math.max(1, Math.min(Math.round(width), Math.floor(available))))
  return [...new Set(honest)].sort((a, b) => a - b)
}

/** Full HD at density 1: as sharp as an old desktop browser can show it. */
const fallbackTop = 1920

/** A phone of 360 to 414 CSS px at a little over density 2, and half the bytes of a laptop's picture. */
const fallbackMiddle = 880

/**
 * The one or two widths worth making in JPEG or PNG, ascending, out of the widths of a crop.
 *
 * Every browser since 2020 reads WebP; what is left are old desktops, crawlers, feeds and mail. Two files serve them:
 * the largest up to 1920 px, and the one nearest to 880 px when it saves at least half the bytes (a third of the
 * width).
 */
export function chooseFallbackWidths(widths: readonly number[]): number[] {
  const ascending = [...widths].sort((a, b) => a - b)
  const top = ascending.findLast((width) => width <= fallbackTop) ?? ascending[0]
  if (top === undefined) return []
  const smaller = ascending.filter((width) => width <= top / 1.5)
  const distance = (width: number) => Math.abs(Math.log(width / fallbackMiddle))
  const middle = smaller.sort((a, b) => distance(a) - distance(b))[0]
  return middle === undefined ? [top] : [middle, top]
}
