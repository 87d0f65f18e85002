/** What can be moved on the stage: an ellipse, or a rectangle with its grips. */
import type { RelativeRect } from '@hero-image/core'
import type { ComponentChildren, JSX } from 'preact'
import type { Ellipse } from '../geometry/ellipse.ts'
import { type Grip, placeOf, type Step } from '../geometry/grip.ts'
import { percent, pointText, rectText } from '../words.ts'
import type { Editor } from './editor.ts'
import { Handle } from './handle.tsx'
import { usePull } from './pull.ts'

interface EllipseShapeProps {
  readonly editor: Editor
  readonly ellipse: Ellipse
  /** Nobody decided it yet. */
  readonly automatic: boolean
  follow(grip: Grip, way: Step): void
}

/** The focus. Its sides mirror each other, so two of four are enough for keys. */
export function EllipseShape({ editor, ellipse, automatic, follow }: EllipseShapeProps): JSX.Element {
  const { x, y, width, height } = ellipse
  const pull = (grip: Grip) => (way: Step) => follow(grip, way)
  const shape = { x: x - width / 2, y: y - height / 2, width, height }
  const common = { editor, shape, what: 'Focus set' }
  const wide = { label: 'Width of the focus', value: width, valueText: `${percent(width)} of the photo` }
  const high = { label: 'Height of the focus', value: height, valueText: `${percent(height)} of the photo` }
  return (
    <>
      <Surface
        editor={editor}
        class={automatic ? 'ellipse automatic' : 'ellipse'}
        rect={shape}
        what={common.what}
        follow={pull('move')}
      />
      <Handle {...common} grip="move" label="Focus" value={x} valueText={pointText(ellipse)} follow={pull('move')} />
      <Handle {...common} {...wide} grip="e" follow={pull('e')} />
      <Handle {...common} {...high} grip="s" follow={pull('s')} />
      <Handle {...common} {...wide} grip="w" follow={pull('w')} silent />
      <Handle {...common} {...high} grip="n" follow={pull('n')} silent />
    </>
  )
}

interface RectShapeProps {
  readonly editor: Editor
  readonly class: string
  readonly rect: RelativeRect
  readonly grips: readonly Grip[]
  /** `Crop wide`; each grip adds its own word. */
  readonly label: string
  /** In words, when it is let go. */
  readonly what: string
  readonly children?: ComponentChildren
  follow(grip: Grip, way: Step): void
}

const gripWords: Readonly<Record<Grip, string>> = {
  move: 'position',
  n: 'top edge',
  e: 'right edge',
  s: 'bottom edge',
  w: 'left edge',
  nw: 'top left corner',
  ne: 'top right corner',
  se: 'bottom right corner',
  sw: 'bottom left corner',
}

/** A crop, the limits or a text zone. */
export function RectShape({ editor, rect, grips, label, what, follow, ...rest }: RectShapeProps): JSX.Element {
  const pull = (grip: Grip) => (way: Step) => follow(grip, way)
  return (
    <>
      {rest.class === 'frame' && (
        <div class="shade" aria-hidden="true">
          <div style={toStyle(rect)} />
        </div>
      )}
      <Surface editor={editor} rect={rect} what={what} follow={pull('move')} {...rest} />
      {grips.map((grip) => {
        const place = placeOf(grip)
        const value = grip === 'n' || grip === 's' ? rect.y + place.y * rect.height : rect.x + place.x * rect.width
        const valueText = grip.length === 1 ? percent(value) : rectText(rect)
        return (
          <Handle
            key={grip}
            editor={editor}
            grip={grip}
            shape={rect}
            label={`${label}, ${gripWords[grip]}`}
            value={value}
            valueText={valueText}
            what={what}
            follow={pull(grip)}
          />
        )
      })}
    </>
  )
}

interface SurfaceProps {
  readonly editor: Editor
  readonly class: string
  readonly rect: RelativeRect
  readonly what: string
  readonly children?: ComponentChildren
  follow(way: Step): void
}

/** The inside of a shape: pointers can move it anywhere there; keys have the handle in its middle. */
function Surface({ editor, rect, what, follow, children, ...rest }: SurfaceProps): JSX.Element {
  const listeners = usePull(editor, { follow, what })
  return (
    <div {...rest} data-surface style={toStyle(rect)} aria-hidden="true" {...listeners}>
      {children}
    </div>
  )
}

/** A rectangle in shares of the photo as CSS. */
export function toStyle({ x, y, width, height }: RelativeRect): JSX.CSSProperties {
  return { left: `${x * 100}%`, top: `${y * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` }
}
