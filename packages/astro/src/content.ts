/** Pictures in the frontmatter of content collections. */
import type { HeroAsset } from '@hero-image/core'
import { z } from 'astro/zod'
import { toContentPath } from './content-path.ts'

// What tells Astro's content store that a text names an image.
const imagePrefix = '__ASTRO_IMAGE_'

/** Settings of one field. */
export interface HeroSchemaOptions {
  /**
   * The preset of entries that name just a photo: `cover: ./hero.jpg`.
   * @default 'hero'
   */
  readonly preset?: string
}

/**
 * A field that names a photo, relative to the entry: `cover: ./hero.jpg?hero=card`, or `cover: ./hero.jpg`. `getEntry` and `getCollection` give its asset,
 * ready for `<HeroImage>`.
 *
 * A text that cannot be a photo is refused in Astro's own way, with entry and field; a photo that is missing or a preset that is unknown, with file and line
 * when the photo is imported.
 *
 * @example
 * // src/content.config.ts
 * schema: z.object({ title: z.string(), cover: heroSchema() })
 */
export function heroSchema(options?: HeroSchemaOptions): z.ZodType<HeroAsset, string>
// Astro puts the asset in the place of the text when an entry is read; zod never sees it.
export function heroSchema({ preset }: HeroSchemaOptions = {}): z.ZodType<unknown, string> {
  const query = preset === undefined ? 'hero' : `hero=${preset}`
  return z.string().transform((written, context) => {
    const source = /[?]/.test(written) ? written : `${written}?${query}`
    const wrong = complaintAbout(source)
    if (wrong === undefined) return imagePrefix + toContentPath(source)
    context.addIssue({ code: 'custom', message: wrong })
    return z.NEVER
  })
}

/** What can be said without the photo; its options are checked when it is imported. */
function complaintAbout(source: string): string | undefined {
  if (/^(?:[a-z][a-z\d+.-]+:|\/\/)/i.test(source)) return `"${source}" is on another host: name a photo of the project.`
  if (source.startsWith('?')) return 'Name a photo, such as ./hero.jpg.'
  if (!/[?&]hero(?:[=&]|$)/.test(source))
    return `"${source}" asks for something else than a picture: write ?hero or ?hero=<preset>.`
  return undefined
}
