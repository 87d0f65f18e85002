/** A picture of ours, as a component. */
import type { HeroAsset } from '@hero-image/core'
import { type PictureOptions, toAttributes } from '@hero-image/core/markup'
import { For } from 'solid-js'

export function HeroImage(props: PictureOptions & { src: HeroAsset }) {
  const picture = () => toAttributes(props.src, props)
  return (
    <>
      <style innerHTML={picture().style?.css} />
      <picture>
        <For each={picture().sources}>{(source) => <source {...source} />}</For>
        <img {...picture().img} alt={picture().img.alt} />
      </picture>
    </>
  )
}
