/** The text of a hero module whose files are modules of their own. */
import { type Plan, toModuleText, type Variant } from '@hero-image/core'

/**
 * The module for a plan: one import per file, and the asset with their URLs.
 *
 * @param requestOf what to import for a file
 * @param toUrl expression for the URL, given the imported value
 * @default the imported value is the URL
 */
export function toImportingModule(
  plan: Plan,
  requestOf: (variant: Variant) => string,
  toUrl: (value: string) => string = (value) => value,
): string {
  const names = new Map(plan.variants.map((variant, index) => [variant, `f${index}`]))
  const imports = [...names].map(([variant, name]) => `import ${name} from ${JSON.stringify(requestOf(variant))};`)
  return toModuleText(plan, (variant) => toUrl(names.get(variant) ?? ''), imports)
}
