/** A share as a percentage to type; previews follow while typing, Enter or leaving decides. */
import type { JSX } from 'preact'
import { useId, useState } from 'preact/hooks'
import { clamp } from '../geometry/rect.ts'

interface NumberFieldProps {
  readonly label: string
  /** Share, 0..1. */
  readonly value: number
  readonly least?: number
  readonly most?: number
  draft(value: number): void
  commit(): void
}

export function NumberField({ label, value, least = 0, most = 1, draft, commit }: NumberFieldProps): JSX.Element {
  const id = useId()
  // While somebody types, the field shows what they typed and not what became of it.
  const [typed, setTyped] = useState<string>()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="number">
        <input
          id={id}
          type="number"
          inputMode="decimal"
          step={0.1}
          min={round(least * 100)}
          max={round(most * 100)}
          value={typed ?? round(value * 100)}
          onInput={({ currentTarget }) => {
            setTyped(currentTarget.value)
            if (Number.isFinite(currentTarget.valueAsNumber))
              draft(clamp(currentTarget.valueAsNumber / 100, least, most))
          }}
          onChange={() => {
            setTyped(undefined)
            commit()
          }}
          onBlur={() => setTyped(undefined)}
        />
        <span aria-hidden="true">%</span>
      </span>
    </div>
  )
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
