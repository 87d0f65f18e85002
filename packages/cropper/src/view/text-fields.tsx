/** Where the headline of a crop lies, and how bright it is there. */
import type { TextZone } from '@hero-image/core'
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { moveInside, whole } from '../geometry/rect.ts'
import { leastSide } from '../geometry/shape.ts'
import type { PlacedCrop } from '../places.ts'
import { withText } from '../state/decide.ts'
import { textOf } from '../state/lookup.ts'
import { luminanceText } from '../words.ts'
import { Check } from './check.tsx'
import type { Editor, ZoneMoves } from './editor.ts'
import { RectFields } from './rect-fields.tsx'

interface TextFieldsProps extends ZoneMoves {
  readonly editor: Editor
  readonly crop: PlacedCrop
}

const sides = { auto: 'Quietest side', left: 'Left', right: 'Right', top: 'Top', bottom: 'Bottom' } as const

/** Where a zone begins that becomes a rectangle and lay nowhere before. */
const firstZone = { x: 0.05, y: 0.3, width: 0.4, height: 0.4 }

export function TextFields({ editor, crop, zone: moves, moveZone }: TextFieldsProps): JSX.Element {
  const id = useId()
  const { sidecar, given } = editor.session
  const zone = textOf(sidecar, crop)
  const { text } = crop.placement
  const what = `Text zone of ${crop.label} set`
  const change = (next: TextZone | undefined) => editor.draft((before) => withText(before, crop, next, given.crops))
  const choose = (value: string) => {
    change(value === 'rect' ? (text?.box ?? firstZone) : isSide(value) ? value : undefined)
    editor.commit(what)
    moveZone(value === 'rect')
  }
  return (
    <fieldset>
      <legend>Text zone</legend>
      <div class="field">
        <label for={id}>Headline lies</label>
        <select
          id={id}
          value={typeof zone === 'object' ? 'rect' : (zone ?? '')}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="">{crop.text === undefined ? 'Nowhere' : 'As the preset says'}</option>
          {Object.entries(sides).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
          <option value="rect">In a rectangle</option>
        </select>
      </div>
      {typeof zone === 'object' && <Check label="Move it on the photo" checked={moves} change={moveZone} />}
      {typeof zone === 'object' && (
        <RectFields
          rect={zone}
          least={leastSide}
          draft={(rect) => change(moveInside(rect, whole))}
          commit={() => editor.commit(what)}
        />
      )}
      {text !== undefined && <p class="hint">{luminanceText(text)}</p>}
    </fieldset>
  )
}

function isSide(value: string): value is keyof typeof sides {
  return Object.hasOwn(sides, value)
}
