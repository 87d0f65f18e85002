/** What concerns the whole photo: undo, redo, reset, save. */
import type { JSX } from 'preact'
import { withoutDecisions } from '../state/decide.ts'
import type { Editor } from './editor.ts'
import { Icon } from './icons.tsx'

export function Toolbar({ editor }: { readonly editor: Editor }): JSX.Element {
  const { session } = editor
  // What was saved is no longer news once something else was decided.
  const status = editor.status?.kind === 'done' && session.unsaved ? undefined : editor.status
  const state = status?.text ?? (session.unsaved ? 'Not saved yet' : '')
  return (
    <header class="bar" part="toolbar">
      <h2>{session.given.photo.name ?? 'Crops'}</h2>
      <div class="tools">
        <Tool icon="undo" label="Undo" keys="Control+Z" off={!session.canUndo} act={editor.undo} />
        <Tool icon="redo" label="Redo" keys="Control+Shift+Z" off={!session.canRedo} act={editor.redo} />
        <Tool
          icon="reset"
          label="Reset all"
          act={() => editor.decide(withoutDecisions, 'Everything is automatic again')}
        />
      </div>
      <div class="saving">
        <span class="state" role="status" data-kind={status?.kind ?? 'none'}>
          {state}
        </span>
        <button type="button" class="button main" part="save" aria-keyshortcuts="Control+S" onClick={editor.save}>
          Save
        </button>
      </div>
    </header>
  )
}

interface ToolProps {
  readonly icon: 'undo' | 'redo' | 'reset'
  readonly label: string
  readonly keys?: string
  /** Stays focusable, so that the focus is not lost with the last step. */
  readonly off?: boolean
  act(): void
}

function Tool({ icon, label, keys, off = false, act }: ToolProps): JSX.Element {
  return (
    <button
      type="button"
      class="button"
      aria-disabled={off}
      aria-keyshortcuts={keys}
      onClick={() => (off ? undefined : act())}
    >
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  )
}
