/** Every crop as its visitors see it, side by side; they follow while something is dragged. */
import type { JSX } from 'preact'
import type { PlacedCrop } from '../places.ts'
import { prefersDarkText, ratioText, reasonText, warningLabel } from '../words.ts'
import type { Editor } from './editor.ts'
import { Icon } from './icons.tsx'
import { PhotoCanvas } from './photo-canvas.tsx'
import { toStyle } from './shapes.tsx'

interface PreviewsProps {
  readonly editor: Editor
  readonly chosen: string | undefined
  choose(crop: PlacedCrop): void
}

export function Previews({ editor, chosen, choose }: PreviewsProps): JSX.Element {
  const { placed } = editor.session
  const presets = [...new Set(placed.map(({ preset }) => preset))]
  return (
    <section class="previews" part="previews" aria-labelledby="previews">
      <h3 id="previews">Previews</h3>
      {presets.map((preset) => (
        <div key={preset} class="preset">
          {presets.length > 1 && <h4>{preset}</h4>}
          <ul>
            {placed
              .filter((crop) => crop.preset === preset)
              .map((crop) => (
                <Preview
                  key={crop.id}
                  editor={editor}
                  crop={crop}
                  chosen={crop.id === chosen}
                  choose={() => choose(crop)}
                />
              ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

interface PreviewProps {
  readonly editor: Editor
  readonly crop: PlacedCrop
  readonly chosen: boolean
  choose(): void
}

function Preview({ editor, crop, chosen, choose }: PreviewProps): JSX.Element {
  const { opening, session } = editor
  const { placement, open, rect, device, label } = crop
  // That the photo has changed is said once, above.
  const worries = open.filter((warning) => warning !== 'photo-changed')
  const fine = worries.length === 0
  return (
    <li class="preview" data-device={device} data-crop={crop.id} part="preview">
      <div class="device" data-device={device}>
        <div class="screen">
          <div class="shot">
            <PhotoCanvas
              bitmap={opening !== undefined && 'bitmap' in opening ? opening.bitmap : undefined}
              rect={rect}
              ratio={placement.rect.width / placement.rect.height}
              label={`${label} on a ${device}: ${session.sidecar.alt ?? reasonText(placement)}`}
            />
            {placement.text !== undefined && (
              <div
                class="headline"
                data-ink={prefersDarkText(placement.text.luminance) ? 'dark' : 'light'}
                style={toStyle(placement.text.box)}
                aria-hidden="true"
              >
                <b />
                <i />
              </div>
            )}
          </div>
          <div class="page" aria-hidden="true" />
        </div>
      </div>
      <button type="button" class="name" aria-pressed={chosen} onClick={choose}>
        <span class="unseen">Edit </span>
        {label} <small>{ratioText(crop.ratio)}</small>
      </button>
      <p class={fine ? 'verdict' : 'verdict worry'}>
        <Icon name={fine ? 'fine' : 'warning'} />
        <span>{fine ? reasonText(placement) : worries.map(warningLabel).join(' · ')}</span>
      </p>
    </li>
  )
}
