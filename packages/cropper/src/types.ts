/** What the crop editor is given and what it gives back. */
import type { CropRequest, Decisions, Size } from '@hero-image/core'
import type { Sidecar } from '@hero-image/core/sidecar'

/** The photo on the table; its size is that of the upright source, px. */
export interface CropperPhoto extends Size {
  /** URL of the photo, or of a smaller copy of it; `blob:` and `data:` too. It is read once. */
  readonly src: string
  /** SHA-256 of the source in hex. Written into the sidecar, so that a changed photo is noticed. */
  readonly hash?: string
  /** Shown in the heading: `hero.jpg`. */
  readonly name?: string
}

/** A crop that some preset asks for. */
export interface CropperCrop extends Pick<CropRequest, 'name' | 'ratio' | 'media' | 'text' | 'zoom' | 'leastWidth'> {
  readonly preset: string
  /** What the import itself says; wins over the sidecar. */
  readonly query?: Decisions
  /** What the config says about this photo; the sidecar wins over it. */
  readonly config?: Decisions
}

/** A word from the host, shown beside the button that saves. */
export interface CropperStatus {
  readonly kind: 'busy' | 'done' | 'error'
  readonly text: string
}

/** What `hero-change` and `hero-save` carry. */
export interface SidecarDetail {
  /**
   * Tidy: rounded to 4 decimals, only what a person decided; empty when that is nothing, and then the file can go. `formatSidecar` of
   * `@hero-image/core/sidecar` makes the file's text of it.
   */
  readonly sidecar: Sidecar
}
