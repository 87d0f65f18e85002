/** A box to tick. */
import type { JSX } from 'preact'

interface CheckProps {
  readonly label: string
  readonly checked: boolean
  change(checked: boolean): void
}

export function Check({ label, checked, change }: CheckProps): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => change(event.currentTarget.checked)} />
      {label}
    </label>
  )
}
