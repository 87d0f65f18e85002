/** Aspect ratios between people and numbers. */

/**
 * Reads an aspect ratio: `'16:9'`, `'4/5'`, `'1.5'`, `1.5`, or `'source'` for the photo's own.
 *
 * @returns width divided by height, 0 for `'source'`, `undefined` when it is none of these or lies outside 1:20 … 20:1,
 * where no picture can be meant.
 */
export function parseRatio(value: string | number): number | undefined {
  if (value === 'source') return 0
  const parts = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*(?:[:/]\s*(\d+(?:\.\d+)?|\.\d+))?\s*$/.exec(String(value))
  if (parts === null) return undefined
  const ratio = Number(parts[1]) / Number(parts[2] ?? 1)
  return ratio >= 0.05 && ratio <= 20 ? ratio : undefined
}

/** Longest side of a ratio that people would write as a fraction; 1200:630 is 40:21. */
const longestTerm = 200

/** Writes a ratio in whole numbers where that is exact, `'16:9'`, else with four decimals; `'source'` for 0. */
export function toRatioText(ratio: number): string {
  if (ratio === 0) return 'source'
  for (let height = 1; height <= longestTerm; height += 1) {
    const width = Math.round(ratio * height)
    if (width >= 1 && width <= longestTerm && Math.abs(width / height - ratio) < 1e-9) return `${width}:${height}`
  }
  return String(Math.round(ratio * 10_000) / 10_000)
}

/**
 * Looks something up for a crop: by its name, or else by its ratio, however that is written.
 *
 * Two parts in a thousand are the same ratio: 1.78 means 16:9. Of several the nearest counts.
 */
export function forCrop<T>(
  table: Readonly<Record<string, T>>,
  crop: { readonly name: string; readonly ratio: number },
): T | undefined {
  if (Object.hasOwn(table, crop.name)) return table[crop.name]
  let best: { readonly key: string; readonly off: number } | undefined
  for (const key of Object.keys(table)) {
    const ratio = parseRatio(key)
    const off = ratio === undefined ? Number.POSITIVE_INFINITY : Math.abs(ratio - crop.ratio)
    if (off <= 0.002 * crop.ratio && (best === undefined || off < best.off)) best = { key, off }
  }
  return best === undefined ? undefined : table[best.key]
}

/** The first ratio that a list has twice, in its second spelling: `16/9` beside `16:9`. Nobody could say which of them counts. */
export function findTwin(keys: readonly string[]): string | undefined {
  const seen = new Set<number>()
  return keys.find((key) => {
    const ratio = parseRatio(key)
    if (ratio === undefined || !seen.has(ratio)) {
      if (ratio !== undefined) seen.add(ratio)
      return false
    }
    return true
  })
}
