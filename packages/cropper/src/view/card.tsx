/** A titled part of the panel that says whether a person decided it. */
import type { ComponentChildren, JSX } from 'preact'
import { Icon } from './icons.tsx'

interface CardProps {
  readonly title: string
  readonly detail?: string
  /** A person decided it; then it can be reset. */
  readonly set: boolean
  readonly children: ComponentChildren
  reset(): void
}

export function Card({ title, detail, set, children, reset }: CardProps): JSX.Element {
  return (
    <section class="card" aria-label={title}>
      <div class="title">
        <h3>
          {title} {detail !== undefined && <small>{detail}</small>}
        </h3>
        <span class={set ? 'badge set' : 'badge'}>{set ? 'Set by hand' : 'Automatic'}</span>
      </div>
      {children}
      <button type="button" class="button quiet" aria-disabled={!set} onClick={() => (set ? reset() : undefined)}>
        <Icon name="reset" />
        <span>Reset {title} to automatic</span>
      </button>
    </section>
  )
}
