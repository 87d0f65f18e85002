import type { HeroAsset } from '../types.ts'
import { type PictureOptions, toTags } from './attributes.ts'

/** As `PictureOptions`, in the words of React and Preact. */
export interface PropsOptions extends Omit<PictureOptions, 'class' | 'style' | 'nonce'> {
  /** Class of the `<img>`, before the placeholder's own. */
  readonly className?: string
  /** Inline style of the `<img>`. */
  readonly style?: Readonly<Record<string, string | number>>
}

/** Props of one `<source>`. */
export interface SourceProps {
  readonly media?: string
  readonly type: string
  readonly srcSet: string
  readonly sizes: string
  readonly width: number
  readonly height: number
}

/** Props of the `<img>`. */
export interface ImgProps {
  readonly loading: 'lazy' | 'eager'
  readonly decoding?: 'async'
  readonly fetchPriority?: 'high'
  readonly width: number
  readonly height: number
  readonly alt: string
  readonly sizes?: string
  readonly className?: string
  readonly style?: Readonly<Record<string, string | number>>
  readonly src: string
}

/** Props of every tag of one picture. */
export interface PictureProps {
  readonly sources: readonly SourceProps[]
  readonly img: ImgProps
  /**
   * Placeholder: put `css` into a `<style>` through `dangerouslySetInnerHTML`; as a text child a server would escape
   * its quotes and `>`.
   */
  readonly style?: { readonly className: string; readonly css: string }
}

/**
 * Props for React and Preact: spread `img` on the `<img>` and each of `sources` on a `<source>`.
 *
 * `fetchPriority` is React 19's spelling; Preact takes it as well, React 18 sets the attribute too but logs a warning.
 * `attributes` reach the `<img>` as they are written.
 *
 * @throws HERO_INVALID_OPTION when there is no alt text
 */
export function toProps(asset: HeroAsset, options: PropsOptions = {}): PictureProps {
  const { className, style, ...rest } = options
  const tags = toTags(asset, { ...rest, ...(className === undefined ? {} : { class: className }) })
  const { fetchpriority, class: classes, style: _, src, ...img } = tags.img
  return {
    sources: tags.sources.map(({ srcset, ...source }) => ({ ...source, srcSet: srcset })),
    img: {
      ...img,
      ...(fetchpriority === undefined ? {} : { fetchPriority: fetchpriority }),
      ...(classes === undefined ? {} : { className: classes }),
      ...(style === undefined ? {} : { style }),
      src,
      ...tags.extra,
    },
    ...(tags.style === undefined ? {} : { style: tags.style }),
  }
}
