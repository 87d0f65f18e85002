/** One photo being edited: what the host gave, what the person decided, and where each crop lies because of it. Knows no DOM. */

import type { RelativeRect } from '@hero-image/core'
import type { Sidecar } from '@hero-image/core/sidecar'
import { whole } from './geometry/rect.ts'
import { type Given, type PlacedCrop, Places } from './places.ts'
import { type History, type HistoryAction, reduceHistory, shown, startHistory } from './state/history.ts'
import { sameSidecar, tidy } from './state/tidy.ts'
import { outcomeText } from './words.ts'

/** Changes what a person decided. */
export type Change = (sidecar: Sidecar) => Sidecar

/** State and behaviour of the editor. */
export class Session {
  /** The last news for people who do not see the previews. */
  said = ''
  #given: Given
  #history: History<Sidecar>
  #saved: Sidecar
  #places: Places

  constructor(given: Given, sidecar: Sidecar) {
    this.#given = given
    this.#saved = sidecar
    this.#history = startHistory(sidecar)
    this.#places = new Places(given, sidecar.photo)
  }

  get given(): Given {
    return this.#given
  }

  /** Other crops, another subject, a raster at last: what was decided stays. */
  receive(given: Given): void {
    this.#given = given
    this.#places = new Places(given, this.#saved.photo)
  }

  /** A sidecar from the host; what was just saved keeps the steps, so that they can be undone. */
  load(sidecar: Sidecar): void {
    this.#saved = sidecar
    this.#places = new Places(this.#given, sidecar.photo)
    this.#apply({ type: 'load', value: sidecar })
  }

  /** What is on the screen: the draft of a drag, or else what was decided. */
  get sidecar(): Sidecar {
    return shown(this.#history)
  }

  /** What a save would write. */
  get written(): Sidecar {
    return this.#tidy(this.#history.present)
  }

  get canUndo(): boolean {
    return this.#history.past.length > 0
  }

  get canRedo(): boolean {
    return this.#history.future.length > 0
  }

  /** True when a save would write something else than the host gave. */
  get unsaved(): boolean {
    return this.foreign || !sameSidecar(this.written, this.#tidy(this.#saved))
  }

  /** True when what the host gave was decided for another photo, until it is saved for this one. */
  get foreign(): boolean {
    const { hash } = this.given.photo
    return hash !== undefined && this.#saved.photo !== undefined && hash !== this.#saved.photo
  }

  /** Every crop in its place. */
  get placed(): readonly PlacedCrop[] {
    return this.#places.by(this.sidecar)
  }

  /** Where a crop lay before the draft: what a drag is measured from. */
  settledRect(id: string): RelativeRect {
    return this.#places.by(this.#history.present).find((crop) => crop.id === id)?.rect ?? whole
  }

  /** Shows a change of what was decided, without deciding it. */
  draft(change: Change): void {
    this.#apply({ type: 'draft', value: change(this.#history.present) })
  }

  /** Forgets the draft. */
  cancel(): void {
    this.#apply({ type: 'cancel' })
  }

  /** Decides what is drafted. @param what told to people who do not see it: `Focus set` @returns whether anything changed */
  commit(what: string): boolean {
    const { draft } = this.#history
    if (draft === undefined) return false
    this.#apply({ type: 'draft', value: this.#tidy(draft) })
    return this.#step({ type: 'commit' }, what)
  }

  undo(): boolean {
    return this.#step({ type: 'undo' }, 'Undone')
  }

  redo(): boolean {
    return this.#step({ type: 'redo' }, 'Redone')
  }

  #step(action: HistoryAction<Sidecar>, what: string): boolean {
    const before = this.#history.present
    this.#apply(action)
    if (this.#history.present === before) return false
    const news = outcomeText(what, this.placed)
    // The same words again would not be read out again.
    this.said = news === this.said ? `${news}\u00a0` : news
    return true
  }

  #apply(action: HistoryAction<Sidecar>): void {
    this.#history = this.#reduce(this.#history, action)
  }

  #reduce(history: History<Sidecar>, action: HistoryAction<Sidecar>): History<Sidecar> {
    return reduceHistory(history, action, (one, other) => sameSidecar(this.#tidy(one), this.#tidy(other)))
  }

  #tidy(sidecar: Sidecar): Sidecar {
    return tidy(sidecar, this.given.photo.hash)
  }
}
