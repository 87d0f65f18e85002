/** `<HeroImage>`: the picture of an asset, for server and client components, in the app and the pages router. */
import type { HeroAsset } from '@hero-image/core'
import { toProps } from '@hero-image/core/markup'
import type { ComponentProps, ReactElement } from 'react'
import { preloadPicture } from './preload.ts'

export type { HeroAsset }

type ImgProps = ComponentProps<'img'>

/** Props of `<HeroImage>`; all further ones go to the `<img>`, `ref` included. */
export interface HeroImageProps extends Omit<ImgProps, 'src' | 'srcSet' | 'width' | 'height' | 'placeholder'> {
  /** What `import hero from './hero.jpg?hero'` yields. */
  readonly src: HeroAsset
  /**
   * What the picture means here; `''` when it is decoration.
   * @default the `alt` of the photo's sidecar; without both it is an error
   */
  readonly alt?: string
  /**
   * The main picture of the page: fetched first, from a preload link in the head. Exactly one file is fetched.
   * @default false
   */
  readonly priority?: boolean
  /**
   * The blurred preview that is shown until the photo has loaded; `false` and `'none'` leave it out.
   * @default true
   */
  readonly placeholder?: boolean | 'none'
  /**
   * CSS `sizes` instead of those of the preset, for all crops.
   * @default the preset's
   */
  readonly sizes?: string
  /** Nonce of the placeholder's style and of the preload links, for a content security policy. */
  readonly nonce?: string
}

/**
 * A `<picture>` with the crops of an asset, each in every format and width.
 *
 * The sizes of all crops are known to the browser, so nothing moves while the photo loads: give the image `height: auto` where CSS sets its width.
 *
 * @throws HeroError HERO_INVALID_OPTION when there is no alt text; TypeError when `src` is no asset
 */
export function HeroImage(props: HeroImageProps): ReactElement {
  checkAsset(props.src)
  const { src, alt, priority = false, placeholder = true, sizes, nonce, className, style, loading, ...rest } = props
  const picture = toProps(src, {
    priority,
    placeholder: placeholder !== false && placeholder !== 'none',
    ...(alt === undefined ? {} : { alt }),
    ...(sizes === undefined ? {} : { sizes }),
    ...(loading === undefined ? {} : { loading }),
    ...(className === undefined ? {} : { className }),
  })
  if (priority) preloadPicture(src, { ...rest, ...(sizes === undefined ? {} : { sizes }), nonce })
  // `src` stays last: Firefox and Safari begin to load when they see it.
  const { alt: text, decoding, fetchPriority, ...img } = picture.img
  return (
    <>
      {picture.style && <Placeholder {...picture.style} nonce={nonce} />}
      <picture>
        {picture.sources.map((source) => (
          <source key={`${source.media} ${source.type}`} {...source} />
        ))}
        <img alt={text} decoding={decoding} fetchPriority={fetchPriority} style={style} {...rest} {...img} />
      </picture>
    </>
  )
}

/** Moved into the head by React, once for all pictures that share it; with a nonce, which is lost on that way, it stays in its place. */
function Placeholder(props: { className: string; css: string; nonce: string | undefined }): ReactElement {
  const { className, css, nonce } = props
  // Browsers hide nonces from scripts, so that hydration would find another one.
  if (nonce !== undefined) {
    return (
      <style nonce={nonce} suppressHydrationWarning>
        {css}
      </style>
    )
  }
  return (
    <style href={className} precedence="hero-image">
      {css}
    </style>
  )
}

/** In JavaScript nothing else tells that `?hero` is missing from an import: what Next yields then is an object too. */
function checkAsset(src: unknown): void {
  if (typeof src === 'object' && src !== null && 'sources' in src) return
  throw new TypeError("hero-image: <HeroImage src={…}> takes what `import hero from './hero.jpg?hero'` yields.")
}
