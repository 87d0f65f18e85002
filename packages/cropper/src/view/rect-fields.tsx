/** The four numbers of a rectangle. */
import type { RelativeRect } from '@hero-image/core'
import type { ComponentChildren, JSX } from 'preact'
import { NumberField } from './number-field.tsx'

interface RectFieldsProps {
  readonly rect: RelativeRect
  readonly least: number
  /** In place of the height, when that follows from the width. */
  readonly instead?: ComponentChildren
  draft(rect: RelativeRect): void
  commit(): void
}

export function RectFields({ rect, least, instead, draft, commit }: RectFieldsProps): JSX.Element {
  const { x, y, width, height } = rect
  return (
    <div class="fields">
      <NumberField label="Left" value={x} draft={(value) => draft({ ...rect, x: value })} commit={commit} />
      <NumberField label="Top" value={y} draft={(value) => draft({ ...rect, y: value })} commit={commit} />
      <NumberField
        label="Width"
        value={width}
        least={least}
        draft={(value) => draft({ ...rect, width: value })}
        commit={commit}
      />
      {instead ?? (
        <NumberField
          label="Height"
          value={height}
          least={least}
          draft={(value) => draft({ ...rect, height: value })}
          commit={commit}
        />
      )}
    </div>
  )
}
