/** The outer limits in numbers. */
import type { JSX } from 'preact'
import { moveInside, whole } from '../geometry/rect.ts'
import { leastSide } from '../geometry/shape.ts'
import { withLimits } from '../state/decide.ts'
import { Card } from './card.tsx'
import type { Editor } from './editor.ts'
import { RectFields } from './rect-fields.tsx'

export function LimitsPanel({ editor }: { readonly editor: Editor }): JSX.Element {
  const { limits } = editor.session.sidecar
  return (
    <Card
      title="Limits"
      set={limits !== undefined}
      reset={() => editor.decide((before) => withLimits(before, undefined), 'Limits removed')}
    >
      <p>No crop leaves this part of the photo. Use it to keep out a watermark, a finger or a dull edge.</p>
      <RectFields
        rect={limits ?? whole}
        least={leastSide}
        draft={(rect) => editor.draft((before) => withLimits(before, moveInside(rect, whole)))}
        commit={() => editor.commit('Limits set')}
      />
    </Card>
  )
}
