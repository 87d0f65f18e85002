/** Keys that work everywhere in the editor, as in every other program. */
import type { Editor } from './editor.ts'

/** Control or Command with Z, Shift+Z, Y and S. Text that is being written keeps its own undo. */
export function shortcut(event: KeyboardEvent, { undo, redo, save }: Editor): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return
  const key = event.key.toLowerCase()
  if (key !== 's' && event.target instanceof HTMLTextAreaElement) return
  const act = key === 's' ? save : key === 'z' ? (event.shiftKey ? redo : undo) : key === 'y' ? redo : undefined
  if (act === undefined) return
  event.preventDefault()
  act()
}
