/** One crop: why it lies there, its exact rectangle, its text zone. */
import type { RelativeRect } from '@hero-image/core'
import type { JSX } from 'preact'
import { moveInside, withWidth } from '../geometry/rect.ts'
import { cropRules, leastSide, shareRatio } from '../geometry/shape.ts'
import type { PlacedCrop } from '../places.ts'
import { withRect, withText } from '../state/decide.ts'
import { rectOf, textOf } from '../state/lookup.ts'
import { ratioText } from '../words.ts'
import { Card } from './card.tsx'
import type { Editor, ZoneMoves } from './editor.ts'
import { RectFields } from './rect-fields.tsx'
import { TextFields } from './text-fields.tsx'
import { Why } from './why.tsx'

interface CropPanelProps extends ZoneMoves {
  readonly editor: Editor
  readonly crop: PlacedCrop
}

export function CropPanel({ editor, crop, ...moves }: CropPanelProps): JSX.Element {
  const { sidecar, given } = editor.session
  const exact = rectOf(sidecar, crop) !== undefined
  const ratio = shareRatio(crop.ratio, given.photo)
  const { within } = cropRules(crop.ratio, given.photo, sidecar.limits)
  const draft = (rect: RelativeRect) => {
    const fitting =
      rect.width === crop.rect.width
        ? moveInside(rect, within)
        : withWidth(crop.rect, rect.width, ratio, within, leastSide)
    editor.draft((before) => withRect(before, crop, fitting))
  }
  const automatic = () => {
    editor.decide(
      (before) => withText(withRect(before, crop, undefined), crop, undefined, given.crops),
      `Crop ${crop.label} is automatic again`,
    )
  }
  const keep = () =>
    editor.decide((before) => withRect(before, crop, crop.rect), `Crop ${crop.label} keeps this rectangle`)
  return (
    <Card
      title={crop.label}
      detail={ratioText(crop.ratio)}
      set={exact || textOf(sidecar, crop) !== undefined}
      reset={automatic}
    >
      <Why placement={crop.placement} />
      <fieldset>
        <legend>Exact rectangle</legend>
        <RectFields
          rect={crop.rect}
          least={leastSide}
          draft={draft}
          commit={() => editor.commit(`Crop ${crop.label} set`)}
          instead={
            <button type="button" class="button low" aria-disabled={exact} onClick={() => (exact ? undefined : keep())}>
              {exact ? 'Kept' : 'Keep this'}
            </button>
          }
        />
      </fieldset>
      <TextFields editor={editor} crop={crop} {...moves} />
    </Card>
  )
}
