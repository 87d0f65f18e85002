/** A point to hold on the stage: by mouse, by finger, and as a slider by keys. */

import type { RelativeRect } from '@hero-image/core'
import type { JSX } from 'preact'
import { axesOf, type Grip, placeOf } from '../geometry/grip.ts'
import type { Editor } from './editor.ts'
import { type Pull, usePull } from './pull.ts'

interface HandleProps extends Pull {
  readonly editor: Editor
  readonly grip: Grip
  /** The shape that it belongs to, in shares of the photo. */
  readonly shape: RelativeRect
  readonly label: string
  /** The main number of this handle, 0..1, and all of them in words. */
  readonly value: number
  readonly valueText: string
  /** For pointers only: another handle does the same by keys. */
  readonly silent?: boolean
}

export function Handle({ editor, grip, shape, label, value, valueText, silent, ...pull }: HandleProps): JSX.Element {
  const listeners = usePull(editor, pull)
  const axes = axesOf(grip)
  const style = toPosition(grip, shape)
  if (silent) return <div class="handle" data-grip={grip} style={style} aria-hidden="true" {...listeners} />
  return (
    <div
      class="handle"
      part="handle"
      data-grip={grip}
      style={style}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-roledescription={axes.x && axes.y ? 'two-way slider' : undefined}
      aria-orientation={axes.x ? 'horizontal' : 'vertical'}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(value * 1000) / 10}
      aria-valuetext={valueText}
      aria-describedby="keys"
      {...listeners}
    />
  )
}

/** On the rim of the shape, but never so near to its middle that two handles cover each other. */
function toPosition(grip: Grip, { x, y, width, height }: RelativeRect): JSX.CSSProperties {
  const place = placeOf(grip)
  return { left: along(x, width, place.x), top: along(y, height, place.y) }
}

function along(start: number, length: number, place: number): string {
  const middle = `${(start + length / 2) * 100}%`
  return place === 0.5 ? middle : `calc(${middle} ${place === 0 ? '-' : '+'} max(${length * 50}%, var(--reach)))`
}
