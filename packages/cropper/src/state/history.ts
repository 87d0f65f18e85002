/** Undo and redo, and the draft that exists while a handle is being dragged. Pure. */

/** What was, is and will be again; equal values are told apart by `equal` of the reducer. */
export interface History<Value> {
  readonly past: readonly Value[]
  readonly present: Value
  readonly future: readonly Value[]
  /** Shown instead of the present until it is committed or cancelled. */
  readonly draft?: Value
}

/** What can happen. */
export type HistoryAction<Value> =
  | { readonly type: 'draft'; readonly value: Value }
  | { readonly type: 'commit' }
  | { readonly type: 'cancel' }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  /** A value from outside; what equals the present keeps the history, as when the host hands back what it saved. */
  | { readonly type: 'load'; readonly value: Value }

/** Steps that can be undone. */
const depth = 200

/** A history that begins with a value. */
export function startHistory<Value>(present: Value): History<Value> {
  return { past: [], present, future: [] }
}

/** What is to be shown. */
export function shown<Value>(history: History<Value>): Value {
  return history.draft ?? history.present
}

/** The history after an action; the same object when nothing happens. */
export function reduceHistory<Value>(
  history: History<Value>,
  action: HistoryAction<Value>,
  equal: (one: Value, other: Value) => boolean,
): History<Value> {
  const { past, present, future, draft } = history
  switch (action.type) {
    case 'draft':
      return { past, present, future, draft: action.value }
    case 'cancel':
      return draft === undefined ? history : { past, present, future }
    case 'commit':
      if (draft === undefined) return history
      if (equal(draft, present)) return { past, present, future }
      return { past: [...past, present].slice(-depth), present: draft, future: [] }
    case 'undo': {
      const before = past.at(-1)
      return before === undefined ? history : { past: past.slice(0, -1), present: before, future: [present, ...future] }
    }
    case 'redo': {
      const [after, ...rest] = future
      return after === undefined ? history : { past: [...past, present], present: after, future: rest }
    }
    case 'load':
      return equal(action.value, present) ? history : startHistory(action.value)
  }
}
