/** What every part of the view gets: the session to read, and what a person can do. */
import type { PlacedCrop } from '../places.ts'
import type { Change, Session } from '../session.ts'
import type { CropperStatus } from '../types.ts'

/** What is being moved on the stage. */
export type Target = 'focus' | 'limits' | PlacedCrop

/** Whether the stage moves a crop or its text zone. */
export interface ZoneMoves {
  readonly zone: boolean
  moveZone(zone: boolean): void
}

/** The photo on its way to the stage. */
export type Opening = { readonly bitmap: ImageBitmap } | { readonly failed: string } | undefined

/** The editor as its parts see it. */
export interface Editor {
  readonly session: Session
  readonly opening: Opening
  readonly status: CropperStatus | undefined
  /** Shows a change of what was decided; only the last one of a drag counts. */
  draft(change: Change): void
  /** Decides what is drafted. @param what in words: `Focus set` */
  commit(what: string): void
  cancel(): void
  /** Drafts and commits. */
  decide(change: Change, what: string): void
  undo(): void
  redo(): void
  save(): void
}
