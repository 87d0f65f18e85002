/** Which photos the sources of a project import, and with which queries: what the studio finds, too. */
import { createFindPhoto, createScan } from '@hero-image/studio'

/** Queries by photo; absolute paths. */
export type FoundImports = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Reads all sources below a folder. Paths made by code, `import.meta.glob` among them, are not seen.
 *
 * @param root absolute path of the project
 */
export async function findImports(root: string): Promise<FoundImports> {
  const { uses } = await createScan({ root, find: createFindPhoto(root) })()
  const found = new Map<string, Set<string>>()
  for (const { file, query } of uses) found.set(file, (found.get(file) ?? new Set()).add(`?${query}`))
  return found
}
