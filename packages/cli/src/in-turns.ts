/**
 * Maps with at most `atOnce` jobs under way; results keep the order of the items.
 *
 * Rejects with the first failure, so jobs that shall not end the others catch their own.
 */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  job: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const waiting = items.entries()
  const work = async (): Promise<void> => {
    for (const [index, item] of waiting) results[index] = await job(item)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work))
  return results
}
