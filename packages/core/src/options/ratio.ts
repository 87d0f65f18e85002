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
