/** Markup for an asset. Pure strings and objects; runs in browsers. */
export {
  type ImgAttributes,
  type PictureAttributes,
  type PictureOptions,
  type SourceAttributes,
  toAttributes,
} from './attributes.ts'
export { type ImageSet, toCss, toImageSet } from './css.ts'
export { toJsx } from './jsx.ts'
export { toPictureHtml } from './picture.ts'
export { toPreload, toPreloadHeader, toPreloadHtml } from './preload.ts'
export { type ImgProps, type PictureProps, type PropsOptions, type SourceProps, toProps } from './props.ts'
