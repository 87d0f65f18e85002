// Media conditions of crops: hand-written CSS, read once and answered about without a browser.
import { parseMedia } from './query.ts'

export { neverMatches, toDisjointMedia } from './disjoint.ts'
export { viewportRange } from './viewport.ts'

/**
 * Accepts a media query list that every current browser understands on screens.
 *
 * Stricter than the grammar, which lets unknown features pass: a misspelt `(min-wdth: 640px)` never matches, not even
 * inside `not`.
 *
 * @param where how the user knows the place, such as `presets.hero.crops.wide.media`
 * @throws HERO_INVALID_MEDIA with the user's words
 */
export function checkMedia(media: string, where: string): void {
  parseMedia(media, where)
}
