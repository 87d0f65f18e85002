/** Asset → the text of the module a bundler gets. Pure; the URLs are expressions that only the bundler can finish. */
import { toAsset } from './asset.ts'
import type { Plan, Variant } from './types.ts'

// Never found in paths, queries or CSS: marks where a URL goes inside the JSON.
const mark = '\u0001'

/**
 * The module that `import hero from './hero.jpg?hero'` resolves to.
 *
 * The default export is the plain asset. Its `toString` is not enumerable, so it stays plain JSON, but a template that uses the asset
 * as a string gets the fallback URL instead of `[object Object]`.
 *
 * @param urlExpression JavaScript expression for the URL of a variant, such as `"/assets/a.avif"` or `import.meta.ROLLUP_FILE_URL_x`
 * @param imports statements that the expressions need
 */
export function toModuleText(
  plan: Plan,
  urlExpression: (variant: Variant) => string,
  imports: readonly string[] = [],
): string {
  const index = new Map(plan.variants.map((variant, position) => [variant, position]))
  const asset = toAsset(plan, (variant) => `${mark}${index.get(variant)}${mark}`)
  const names = plan.variants.map((variant, position) => `const u${position} = ${urlExpression(variant)};`)
  const json = JSON.stringify(asset, undefined, 2).replace(/"(?:[^"\\]|\\.)*"/g, toExpression)
  return [
    ...imports,
    ...names,
    `const asset = ${json};`,
    `export default /*#__PURE__*/ Object.defineProperty(asset, 'toString', { value: () => asset.src });`,
    '',
  ].join('\n')
}

/** `"⟨0⟩ 640w, ⟨1⟩ 960w"` → `u0 + " 640w, " + u1 + " 960w"`. */
function toExpression(literal: string): string {
  if (!literal.includes('\\u0001')) return literal
  return literal
    .slice(1, -1)
    .split('\\u0001')
    .map((part, position) => (position % 2 === 1 ? `u${part}` : part === '' ? undefined : `"${part}"`))
    .filter((part) => part !== undefined)
    .join(' + ')
}
