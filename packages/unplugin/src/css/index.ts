/** What host packages need for pictures in style sheets, and for text that is no module in general. */
import type { AssetOf } from './expand.ts'

export { collectUrls, type FindFile } from './collect.ts'
export type { AssetOf } from './expand.ts'
export { readPartials } from './partials.ts'
export {
  decodePath,
  hasReferences,
  isExternal,
  lineAt,
  parseReference,
  type Reference,
  toReferenceUrl,
} from './references.ts'

/** Turns references in finished CSS into backgrounds that change with the viewport. Its parser is loaded on demand: most sheets have no picture. */
export async function expandReferences(css: string, assetOf: AssetOf): Promise<string> {
  const { expandReferences: expand } = await import('./expand.ts')
  return expand(css, assetOf)
}
