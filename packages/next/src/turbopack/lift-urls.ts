/** Turbopack finds files in `url()`, also in that of a custom property, but not inside `image-set()`. */
import { cssMark } from './css-mark.ts'

const withSet = /([\w-]+)(\s*:\s*)([^;{}]*\bimage-set\([^;{}]*)(?=[;}]|$)/g
const ourUrl = new RegExp(`url\\("[^"]*${cssMark}"\\)`, 'g')

/** Moves our URLs out of each `image-set()` into properties beside it. A browser fetches none that is not chosen. */
export function liftUrls(css: string): string {
  return css.replace(withSet, (_, property: string, colon: string, value: string) => {
    const prefix = property.startsWith('--') ? property : `--hero-${property}`
    const lifted: string[] = []
    const rest = value.replace(ourUrl, (url) => {
      const name = `${prefix}-${lifted.length}`
      lifted.push(`${name}: ${url}; `)
      return `var(${name})`
    })
    return `${lifted.join('')}${property}${colon}${rest}`
  })
}
