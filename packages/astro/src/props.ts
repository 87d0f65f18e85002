/** What `<HeroImage>` takes. */
import type { HeroAsset } from '@hero-image/core'
import type { HTMLAttributes } from 'astro/types'

/** Attributes that the picture decides itself. */
type Own = 'src' | 'srcset' | 'width' | 'height' | 'alt' | 'sizes' | 'loading' | 'set:html' | 'set:text'

/** Props of `<HeroImage>`; every attribute that `<img>` has besides them is passed on. */
export interface HeroImageProps extends Omit<HTMLAttributes<'img'>, Own> {
  /** What a `?hero` import yields, or the import itself: `import('./hero.jpg?hero')`. */
  src: HeroAsset | Promise<{ readonly default: HeroAsset }>
  /**
   * What the picture means here; `""` when it is decoration.
   * @default the `alt` of the sidecar; without both it is an error
   */
  alt?: string | undefined
  /**
   * The main picture of the page: loaded eagerly and before others, and preloaded from the `<head>`.
   * @default false
   */
  priority?: boolean | undefined
  /** @default 'lazy', or 'eager' with `priority` */
  loading?: 'lazy' | 'eager' | undefined
  /** Replaces the `sizes` of every crop. */
  sizes?: string | undefined
  /**
   * The blurred colours shown until the picture is there.
   * @default true
   */
  placeholder?: boolean | undefined
  /** Nonce of the placeholder's `<style>` and the preload links. Astro's own `security.csp` needs none. */
  nonce?: string | undefined
  /** Attributes of the `<picture>` around the `<img>`. */
  pictureAttributes?: HTMLAttributes<'picture'> | undefined
}
