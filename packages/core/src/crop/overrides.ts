/** What a person decided about one crop, already looked up: everything automatic works around it. */
import type { Focus, RelativeRect, TextZone } from '../types.ts'

export type { Focus } from '../types.ts'

/** What a person decided for one crop, the nearest first: query, sidecar, config, lock. All relative to the upright photo. */
export interface Overrides {
  /** The crop is centred here as far as the photo allows and holds the whole ellipse, or warns. */
  readonly focus?: Focus
  /** No crop leaves this part of the photo. */
  readonly limits?: RelativeRect
  /** Exact rectangle for this crop, looked up by the crop's name and then by its ratio; wins over the focus. */
  readonly rect?: RelativeRect
  /** Where a headline will lie; the crop keeps faces and subject away from it and may zoom for that. */
  readonly text?: TextZone
  /**
   * Least share of the largest rectangle's side a crop may shrink to, 0.65..1.
   * @default 1, never zoom; 0.65 where `text` is given
   */
  readonly zoom?: number
  /** Who said it; absent when nobody did. */
  readonly by: 'query' | 'sidecar' | 'config' | 'lock' | undefined
  /** True when the decisions were made for other bytes than today's. */
  readonly photoChanged?: boolean
}

/** Nobody decided anything. */
export const noOverrides: Overrides = { by: undefined }
