/** What must be undone when the command is interrupted in the middle of a file. */
const unfinished = new Set<() => void>()

/** Runs a job; `undo` is called when the process is interrupted meanwhile, and must work at once. */
export async function whileUndoable<T>(undo: () => void, job: () => Promise<T>): Promise<T> {
  unfinished.add(undo)
  try {
    return await job()
  } finally {
    unfinished.delete(undo)
  }
}

/** Undoes everything that is unfinished; never throws. */
export function undoUnfinished(): void {
  for (const undo of unfinished) {
    try {
      undo()
    } catch {
      // The process is ending: what cannot be removed stays under its temporary name.
    }
  }
}
