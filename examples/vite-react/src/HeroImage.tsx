/** A picture of ours, as a component. React moves the placeholder's style into the head, once for equal pictures. */
import type { HeroAsset } from '@hero-image/core'
import { type PropsOptions, toProps } from '@hero-image/core/markup'

export function HeroImage({ src, ...options }: PropsOptions & { src: HeroAsset }) {
  const { sources, img, style } = toProps(src, options)
  return (
    <picture>
      {style && (
        <style href={style.className} precedence="hero-image">
          {style.css}
        </style>
      )}
      {sources.map((source) => (
        <source key={source.srcSet} {...source} />
      ))}
      <img {...img} alt={img.alt} />
    </picture>
  )
}
