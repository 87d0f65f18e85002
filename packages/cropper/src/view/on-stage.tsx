/** What is being moved: the focus, the limits, or a crop with its text zone. */

import type { RelativeRect } from '@hero-image/core'
import type { JSX } from 'preact'
import { automaticFocus, dragEllipse, type Ellipse, toEllipse, toFocus } from '../geometry/ellipse.ts'
import { dragRect, whole } from '../geometry/rect.ts'
import { cropRules, intoFrame, leastSide, outOfFrame } from '../geometry/shape.ts'
import type { PlacedCrop } from '../places.ts'
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
      follow={(grip, way) =>
        editor.draft((before) => {
          const from = before.focus ?? automaticFocus(given.subject)
          return withFocus(before, toFocus(dragEllipse(toEllipse(from), grip, way), from))
        })
      }
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
      follow={(grip, way) =>
        editor.draft((before) =>
          withLimits(before, dragRect(before.limits ?? whole, grip, way, { within: whole, least: leastSide })),
        )
      }
    />
  )
}

interface CropOnStageProps extends OnStageProps {
  readonly crop: PlacedCrop
  /** Moves the crop's text zone instead of the crop. */
  readonly zone: boolean
}

/** Either the crop or its text zone has handles; both at once would cover each other on small screens. */
export function CropOnStage({ editor, crop, zone }: CropOnStageProps): JSX.Element {
  const { given, sidecar } = editor.session
  const { focus, limits } = sidecar
  const said = textOf(sidecar, crop)
  const rules = cropRules(crop.ratio, given.photo, limits)
  const shown = typeof said === 'object' ? said : crop.placement.text?.box
  const moves = zone && typeof said === 'object'
  return (
    <>
      <RectShape
        editor={editor}
        class="frame"
        rect={crop.rect}
        grips={moves ? [] : ['move', 'nw', 'ne', 'sw', 'se']}
        label={`Crop ${crop.label}`}
        what={`Crop ${crop.label} set`}
        follow={(grip, way) => {
          const rect = dragRect(editor.session.settledRect(crop.id), grip, way, rules)
          editor.draft((before) => withRect(before, crop, rect))
        }}
      />
      {focus !== undefined && <div class="ellipse ghost" style={ellipseStyle(toEllipse(focus))} aria-hidden="true" />}
      {moves && <ZoneOnStage editor={editor} crop={crop} zone={said} />}
      {!moves && shown !== undefined && (
        <div class="zone" style={toStyle(outOfFrame(shown, crop.rect))} aria-hidden="true">
          <span>Text</span>
        </div>
      )}
    </>
  )
}

interface ZoneOnStageProps extends OnStageProps {
  readonly crop: PlacedCrop
  /** In shares of the crop. */
  readonly zone: RelativeRect
}

function ZoneOnStage({ editor, crop, zone }: ZoneOnStageProps): JSX.Element {
  return (
    <RectShape
      editor={editor}
      class="zone"
      rect={outOfFrame(zone, crop.rect)}
      grips={['move', 'nw', 'ne', 'sw', 'se']}
      label={`Text zone of ${crop.label}`}
      what={`Text zone of ${crop.label} set`}
      follow={(grip, way) =>
        editor.draft((before) => {
          const from = textOf(before, crop)
          // The crop itself may move away from its headline, so the way is measured in the crop as it was.
          const frame = editor.session.settledRect(crop.id)
          const rect = outOfFrame(typeof from === 'object' ? from : zone, frame)
          const moved = dragRect(rect, grip, way, { within: frame, least: leastSide / 2 })
          return withText(before, crop, intoFrame(moved, frame), editor.session.given.crops)
        })
      }
    >
      <span>Text</span>
    </RectShape>
  )
}

function ellipseStyle({ x, y, width, height }: Ellipse): JSX.CSSProperties {
  return toStyle({ x: x - width / 2, y: y - height / 2, width, height })
}
