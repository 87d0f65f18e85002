/** Chooses what is moved on the stage. */
import type { JSX } from 'preact'
import { rectOf } from '../state/lookup.ts'
import { ratioText } from '../words.ts'
import type { Editor, Target } from './editor.ts'
import { Icon, type IconName } from './icons.tsx'

interface TargetListProps {
  readonly editor: Editor
  readonly target: Target
  choose(target: Target): void
}

export function TargetList({ editor, target, choose }: TargetListProps): JSX.Element {
  const { sidecar, placed } = editor.session
  const chosen = typeof target === 'string' ? target : target.id
  return (
    <fieldset class="targets">
      <legend class="unseen">Move on the photo</legend>
      <Choice
        id="focus"
        icon="focus"
        text="Focus"
        set={sidecar.focus !== undefined}
        chosen={chosen}
        choose={() => choose('focus')}
      />
      <Choice
        id="limits"
        icon="limits"
        text="Limits"
        set={sidecar.limits !== undefined}
        chosen={chosen}
        choose={() => choose('limits')}
      />
      {placed.map((crop) => (
        <Choice
          key={crop.id}
          id={crop.id}
          icon="crop"
          text={crop.label}
          detail={ratioText(crop.ratio)}
          set={rectOf(sidecar, crop) !== undefined}
          chosen={chosen}
          choose={() => choose(crop)}
        />
      ))}
    </fieldset>
  )
}

interface ChoiceProps {
  readonly id: string
  readonly icon: IconName
  readonly text: string
  readonly detail?: string
  /** A person decided it. */
  readonly set: boolean
  readonly chosen: string
  choose(): void
}

function Choice({ id, icon, text, detail, set, chosen, choose }: ChoiceProps): JSX.Element {
  return (
    <label class="choice">
      <input type="radio" name="target" value={id} checked={chosen === id} onChange={choose} />
      <Icon name={icon} />
      <span>{text}</span>
      {detail !== undefined && <small>{detail}</small>}
      {set && (
        <i class="dot" title="Set by hand">
          <span class="unseen">, set by hand</span>
        </i>
      )}
    </label>
  )
}
