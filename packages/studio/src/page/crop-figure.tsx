/** One crop: that part of the photo, its name, and why it deserves a look. */
import type { JSX } from 'preact'
import type { PhotoDetails, ShownCrop } from '../wire.ts'

interface CropFigureProps {
  readonly crop: ShownCrop
  readonly photo: Pick<PhotoDetails, 'path' | 'width' | 'height' | 'thumbnail'>
}

export function CropFigure({ crop, photo }: CropFigureProps): JSX.Element {
  const { name, media, rect, ratio, reason, open } = crop
  const view = [rect.x * photo.width, rect.y * photo.height, rect.width * photo.width, rect.height * photo.height]
  return (
    <figure title={`${reason}${media === undefined ? '' : `\n${media}`}`} style={{ '--ratio': `${ratio}` }}>
      <svg viewBox={view.join(' ')} preserveAspectRatio="xMidYMid slice" role="img">
        <title>{`${name} crop of ${photo.path}`}</title>
        <image href={photo.thumbnail} width={photo.width} height={photo.height} preserveAspectRatio="none" />
      </svg>
      <figcaption>
        <span>{name}</span> <span class="muted">{toWords(crop)}</span>
        {open.map((why) => (
          <span key={why} class="badge">
            {why}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

const speakers: Readonly<Record<string, string>> = {
  query: 'import',
  sidecar: 'by hand',
  config: 'config',
  lock: 'pinned',
  person: 'people',
  saliency: 'salient part',
  source: 'not cropped',
}

/** Who placed the crop, in a word. */
function toWords({ by }: ShownCrop): string {
  return speakers[by] ?? by
}
