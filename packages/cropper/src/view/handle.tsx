/** A point to hold on the stage: by mouse, by finger, and as a slider by keys. */
import type { JSX } from 'preact'
import type { Grip } from '../geometry/grip.ts'
import { axesOf } from '../geometry/grip.ts'
import type { Editor } from './editor.ts'
import { type Pull, usePull } from './pull.ts'

interface HandleProps extends Pull {
  readonly editor: Editor
  readonly grip: Grip
  /** In shares of the photo. */
  readonly at: { readonly x: number; readonly y: number }
  readonly label: string
  /** The main number of this handle, 0..1, and all of them in words. */
  readonly value: number
  readonly valueText: string
  /** For pointers only: another handle does the same by keys. */
  readonly silent?: boolean
}

export function Handle({ editor, grip, at, label, value, valueText, silent, ...pull }: HandleProps): JSX.Element {
  const listeners = usePull(editor, pull)
  const { x } = axesOf(grip)
  const style = { left: `${at.x * 100}%`, top: `${at.y * 100}%` }
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
      aria-orientation={x ? 'horizontal' : 'vertical'}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(value * 1000) / 10}
      aria-valuetext={valueText}
      aria-describedby="keys"
      {...listeners}
    />
  )
}
