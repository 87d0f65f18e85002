/** Items of the bar print what they counted, one line each. */

/**
 * Prints the counts of an item.
 *
 * @param item its name, such as `A1`
 */
export function printCounts(item: string, counts: Readonly<Record<string, number | string>>): void {
  const pairs = Object.entries(counts).map(([name, count]) => `${name} ${count}`)
  process.stdout.write(`${item}: ${pairs.join(', ')}\n`)
}
