/** Why a crop lies where it lies, and what is worth a look. */
import type { Placement } from '@hero-image/core'
import type { JSX } from 'preact'
import { byText, confidenceText, percent, reasonText, warningText } from '../words.ts'
import { Icon } from './icons.tsx'

export function Why({ placement }: { readonly placement: Placement }): JSX.Element {
  const { by, confidence, kept, warnings } = placement
  return (
    <div class="why">
      <p>{reasonText(placement)}</p>
      <dl>
        <div>
          <dt>Placed</dt>
          <dd>{byText(by)}</dd>
        </div>
        <div>
          <dt>Confidence</dt>
          <dd>{confidenceText(confidence)}</dd>
        </div>
        <div>
          <dt>Subject kept</dt>
          <dd>{percent(kept)}</dd>
        </div>
      </dl>
      {warnings.length > 0 && (
        <ul class="warnings">
          {warnings.map((warning) => (
            <li key={warning}>
              <Icon name="warning" />
              <span>{warningText(warning)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
