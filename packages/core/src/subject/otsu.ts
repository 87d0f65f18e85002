/** Otsu's threshold: the value that splits a histogram into the two most different halves. */

export function otsuThreshold(values: Uint8Array): number {
  const counts = new Float64Array(256)
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  const total = counts.reduce((sum, count, value) => sum + count * value, 0)
  let [below, belowSum, best, threshold] = [0, 0, -1, 0]
  for (let value = 0; value < 255; value++) {
    below += counts[value] ?? 0
    belowSum += (counts[value] ?? 0) * value
    const above = values.length - below
    if (below === 0 || above === 0) continue
    const difference = belowSum / below - (total - belowSum) / above
    const spread = below * above * difference * difference
    if (spread > best) [best, threshold] = [spread, value + 1]
  }
  return threshold
}
