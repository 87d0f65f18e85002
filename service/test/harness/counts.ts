/** Tells what a test of the bar has counted, in one line. */

/** Prints counts, such as `L1 asked 200, granted 100`. */
export function printCounts(item: string, counts: Readonly<Record<string, number | string>>): void {
  const parts = Object.entries(counts).map(([name, count]) => `${name} ${count}`)
  process.stdout.write(`${item} ${parts.join(', ')}\n`)
}
