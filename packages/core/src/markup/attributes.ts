// What the tags of one picture say, before they are written as HTML, JSX or props.
import { HintedError } from '../hinted-error.ts'
import type { HeroAsset } from '../types.ts'
import { escapeStyle } from './escape.ts'

/** How one picture is used on a page. */
export interface PictureOptions {
  /**
   * What the picture means here; `''` when it is decoration. Without it the `alt` of the asset counts; without both it
   * is an error.
   */
  readonly alt?: string
  /** Class of the `<img>`, before the placeholder's own. */
  readonly class?: string
  /** Inline CSS of the `<img>`. */
  readonly style?: string
  /** Default `lazy`, or `eager` with `priority`. */
  readonly loading?: 'lazy' | 'eager'
  /** The main picture of the page: loaded at once and before others. */
  readonly priority?: boolean
  /** Replaces the `sizes` of every crop. */
  readonly sizes?: string
  /** Nonce of the placeholder's `<style>`, for a content security policy. */
  readonly nonce?: string
  /** False leaves the placeholder out. */
  readonly placeholder?: boolean
  /** Further attributes of the `<img>`, under their HTML names; they win over ours. */
  readonly attributes?: Readonly<Record<string, string | number | boolean | undefined>>
}

/** One `<source>`, under HTML names. */
export interface SourceAttributes {
  readonly media?: string
  readonly type: string
  readonly srcset: string
  readonly sizes: string
  readonly width: number
  readonly height: number
}

/** The `<img>`, under HTML names. */
export interface ImgAttributes {
  readonly loading: 'lazy' | 'eager'
  readonly decoding?: 'async'
  readonly fetchpriority?: 'high'
  readonly width: number
  readonly height: number
  readonly alt: string
  readonly sizes?: string
  readonly class?: string
  readonly style?: string
  readonly src: string
}

/** Attributes of every tag of one picture, under HTML names. */
export interface PictureAttributes {
  readonly sources: readonly SourceAttributes[]
  readonly img: ImgAttributes
  /** Placeholder: CSS that may stand in a `<style>` as it is, without further escaping, and the class it applies to. */
  readonly style?: { readonly className: string; readonly css: string }
}

/** As `PictureAttributes`, with the attributes of the page's own still apart. */
export interface PictureTags extends PictureAttributes {
  /** They win over `img`. */
  readonly extra: Readonly<Record<string, string | number | boolean | undefined>>
}

/**
 * Attributes for templates that speak HTML, such as those of Vue, Svelte and Solid: spread `img` on the `<img>` and
 * each of `sources`, in their order, on a `<source>` before it.
 *
 * @throws HERO_INVALID_OPTION when there is no alt text, or when the name of an attribute is impossible
 */
export function toAttributes(asset: HeroAsset, options: PictureOptions = {}): PictureAttributes {
  const { extra, ...tags } = toTags(asset, options)
  return { ...tags, img: { ...tags.img, ...extra } }
}

/**
 * The attributes of every tag.
 *
 * A lazy picture gets `sizes="auto, …"`: a browser that knows `auto` takes the slot from the layout, any other
 * ignores the word. HTML asks for it on the `<img>` before it counts on a `<source>`, and forbids it on pictures that
 * are not lazy.
 *
 * `src` comes last, since scripts set attributes one after the other: Firefox loads at once when it meets `src` before
 * `loading` (bug 1647077), Safari when it meets it before `sizes`.
 *
 * @throws HERO_INVALID_OPTION when there is no alt text, or when the name of an attribute is impossible
 */
export function toTags(asset: HeroAsset, options: PictureOptions = {}): PictureTags {
  const loading = options.loading ?? (options.priority === true ? 'eager' : 'lazy')
  const toSizes = (sizes: string) => (loading === 'lazy' && !/^\s*auto\b/i.test(sizes) ? `auto, ${sizes}` : sizes)
  const style = options.placeholder === false ? undefined : asset.placeholder
  const last = asset.sources.at(-1)
  const classes = [options.class, style?.className].filter((name) => name !== undefined && name !== '').join(' ')
  const img: ImgAttributes = {
    loading,
    ...(options.priority === true ? { fetchpriority: 'high' } : { decoding: 'async' }),
    width: asset.width,
    height: asset.height,
    alt: altOf(asset, options),
    ...(loading === 'lazy' && last !== undefined ? { sizes: toSizes(options.sizes ?? last.sizes) } : {}),
    ...(classes === '' ? {} : { class: classes }),
    ...(options.style === undefined ? {} : { style: options.style }),
    src: asset.src,
  }
  return {
    sources: asset.sources.map(({ media, type, srcset, sizes, width, height }) => ({
      ...(media === undefined ? {} : { media }),
      type,
      srcset,
      sizes: toSizes(options.sizes ?? sizes),
      width,
      height,
    })),
    img,
    extra: checkNames(options.attributes ?? {}),
    ...(style === undefined ? {} : { style: { className: style.className, css: escapeStyle(style.style) } }),
  }
}

function altOf(asset: HeroAsset, options: PictureOptions): string {
  const alt = options.alt ?? asset.alt ?? options.attributes?.alt
  if (typeof alt === 'string') return alt
  throw new HintedError(
    'HERO_INVALID_OPTION',
    `The picture ${asset.src} has no alt text.`,
    "Pass `alt`, or write it into the sidecar; `alt: ''` says that the picture is decoration.",
  )
}

function checkNames<Attributes extends Readonly<Record<string, unknown>>>(attributes: Attributes): Attributes {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: HTML forbids control characters in names.
  const wrong = Object.keys(attributes).find((name) => !/^[^\s"'<>/=\x00-\x1f\x7f]+$/.test(name))
  if (wrong === undefined) return attributes
  throw new HintedError('HERO_INVALID_OPTION', `'${wrong}' is no name for an HTML attribute.`, 'Correct its name.')
}
