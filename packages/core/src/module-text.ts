/** Asset → the text of the module a bundler gets. Pure; the URLs are expressions that only the bundler can finish. */
import { toAsset } from './asset.ts'
import type { Plan, Variant } from './types.ts'

// Marks where a URL goes inside the JSON. No text for people contains it: HTML forbids control characters.
const mark = '\u0001'

// Pure as a whole, so that it is left out where nobody imports the asset.
const exported = `export default /*#__PURE__*/ (() => Object.setPrototypeOf(asset, Object.create(null, {
  ...Object.getOwnPropertyDescriptors(Object.prototype),
  toString: { value: () => asset.src },
})))();`

const urlKeys: readonly string[] = ['src', 'srcset', 'imagesrcset']

/**
 * The module that `import hero from './hero.jpg?hero'` resolves to.
 *
 * The default export is the plain asset; a template that uses it as a string gets the fallback URL instead of `[object Object]`. For that its prototype is a copy of
 * `Object.prototype` with another `toString`, as an object of another window has a copy: React takes no own method from server to client components, hidden ones
 * included, but it and all others who ask for plain objects take this.
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
  const clean = (key: string, value: unknown): unknown =>
    typeof value === 'string' && !urlKeys.includes(key) ? value.replaceAll(mark, '') : value
  const json = JSON.stringify(asset, clean, 2).replace(/"(?:[^"\\]|\\.)*"/g, toExpression)
  return [...imports, ...names, `const asset = ${json};`, exported, ''].join('\n')
}

/** `"⟨0⟩ 640w, ⟨1⟩ 960w"` → `u0 + " 640w, " + u1 + " 960w"`. */
function toExpression(literal: string): string {
  const text: string = JSON.parse(literal)
  if (!text.includes(mark)) return literal
  return text
    .split(mark)
    .map((part, position) => (position % 2 === 1 ? `u${part}` : part === '' ? undefined : JSON.stringify(part)))
    .filter((part) => part !== undefined)
    .join(' + ')
}
