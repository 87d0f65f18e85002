/** What is being moved: the focus, the limits, or a crop with its text zone. */
import type { JSX } from 'preact'
import { automaticFocus, toEllipse, toFocus } from '../geometry/ellipse.ts'
import { dragRect, whole } from '../geometry/rect.ts'
import { cropRules, intoFrame, leastSide, outOfFrame } from '../geometry/shape.ts'
import type { PlacedCrop } from '../session.ts'
import { withFocus, withLimits, withRect, withText } from '../state/decide.ts'
import { textOf } from '../state/lookup.ts'
import type { Editor } from './editor.ts'
import { EllipseShape, RectShape, toStyle } from './shapes.tsx'

interface OnStageProps {
  readonly editor: Editor
}

export function FocusOnStage({ editor }: OnStageProps): JSX.Element {
  const { given, sidecar } = editor.session
  const focus = sidecar.focus ?? automaticFocus(given.subject)
  return (
    <EllipseShape
      editor={editor}
      ellipse={toEllipse(focus)}
      automatic={sidecar.focus === undefined}
      change={(ellipse) => editor.draft((before) => withFocus(before, toFocus(ellipse, focus)))}
    />
  )
}

export function LimitsOnStage({ editor }: OnStageProps): JSX.Element {
  return (
    <RectShape
      editor={editor}
      class="frame"
      rect={editor.session.sidecar.limits ?? whole}
      grips={['n', 'e', 's', 'w']}
      label="Outer limits"
      what="Limits set"
      change={(rect, grip, way) => {
        const limits = dragRect(rect, grip, way, { within: whole, least: leastSide })
        editor.draft((before) => withLimits(before, limits))
      }}
    />
  )
}

interface CropOnStageProps extends OnStageProps {
  readonly crop: PlacedCrop
}

export function CropOnStage({ editor, crop }: CropOnStageProps): JSX.Element {
  const { given, sidecar } = editor.session
  const { focus, limits } = sidecar
  const rules = cropRules(crop.ratio, given.photo, limits)
  return (
    <>
      <RectShape
        editor={editor}
        class="frame"
        rect={crop.rect}
        grips={['move', 'nw', 'ne', 'sw', 'se']}
        label={`Crop ${crop.label}`}
        what={`Crop ${crop.label} set`}
        change={(rect, grip, way) => editor.draft((before) => withRect(before, crop, dragRect(rect, grip, way, rules)))}
      />
      {focus !== undefined && <div class="ellipse ghost" style={ellipseStyle(toEllipse(focus))} aria-hidden="true" />}
      <ZoneOnStage editor={editor} crop={crop} />
    </>
  )
}

/** Zones that lie at a side follow the crop; one that is a rectangle is moved by hand. */
function ZoneOnStage({ editor, crop }: CropOnStageProps): JSX.Element | null {
  const { sidecar, given } = editor.session
  const zone = textOf(sidecar, crop)
  if (typeof zone !== 'object') {
    const { text } = crop.placement
    return text === undefined ? null : (
      <div class="zone" style={toStyle(outOfFrame(text.box, crop.rect))} aria-hidden="true">
        <span>Text</span>
      </div>
    )
  }
  return (
    <RectShape
      editor={editor}
      class="zone"
      rect={outOfFrame(zone, crop.rect)}
      grips={['move', 'nw', 'se']}
      label={`Text zone of ${crop.label}`}
      what={`Text zone of ${crop.label} set`}
      change={(rect, grip, way) => {
        const moved = dragRect(rect, grip, way, { within: crop.rect, least: leastSide / 2 })
        editor.draft((before) => withText(before, crop, intoFrame(moved, crop.rect), given.crops))
      }}
    >
      <span>Text</span>
    </RectShape>
  )
}

function ellipseStyle({ x, y, width, height }: ReturnType<typeof toEllipse>): JSX.CSSProperties {
  return toStyle({ x: x - width / 2, y: y - height / 2, width, height })
}
