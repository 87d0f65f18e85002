/** What the finder saw. The same stands in words beside the stage. */
import type { SubjectBox } from '@hero-image/core'
import type { JSX } from 'preact'
import { toStyle } from './shapes.tsx'

export function FoundBoxes({ boxes }: { readonly boxes: readonly SubjectBox[] }): JSX.Element {
  return (
    <div class="found" aria-hidden="true">
      {boxes.map(({ kind, box, score }, index) => (
        <div key={`${index} ${kind}`} class="found-box" data-kind={kind} style={toStyle(box)}>
          <span>{score === undefined ? kind : `${kind} ${Math.round(score * 100)} %`}</span>
        </div>
      ))}
    </div>
  )
}
