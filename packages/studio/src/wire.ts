/** What the page and its server say to each other. Rectangles are relative to the upright photo. */
import type {
  Analysis,
  CropRequest,
  Decisions,
  LockedPhoto,
  PlannedCrop,
  RelativeRect,
  Sidecar,
} from '@hero-image/core'

/** Answer to `GET api/photos`: everything known without opening a photo. */
export interface PhotoList {
  /** Name of the project's folder. */
  readonly project: string
  readonly photos: readonly ListedPhoto[]
  /** References whose photo was not found. */
  readonly missing: readonly MissingPhoto[]
}

/** A photo of the list. */
export interface ListedPhoto {
  /** Path relative to the root of the project, with forward slashes: how the page names a photo. */
  readonly path: string
  readonly uses: readonly ListedUse[]
}

/** One import of a photo: a query, wherever it stands. */
export interface ListedUse {
  /** Without question mark. */
  readonly query: string
  /** Files that import it, relative to the root. */
  readonly importers: readonly string[]
  /** True when the running project has loaded it; false when it was only found in the source files. */
  readonly loaded: boolean
}

/** A reference that leads to no photo. */
export interface MissingPhoto {
  /** As written. */
  readonly written: string
  readonly importer: string
}

/** Answer to `GET api/photo`. */
export interface PhotoDetails {
  readonly path: string
  /** Width and height of the upright source in px, and the SHA-256 of its bytes. */
  readonly width: number
  readonly height: number
  readonly hash: string
  readonly subject: Analysis['subject']
  readonly preview: Analysis['preview']
  readonly uses: readonly PlannedUse[]
  /** What each crop of each use asks for. */
  readonly requests: readonly UsedCrop[]
  readonly sidecar: Sidecar
  /** What `hero.lock.json` pins of this photo. */
  readonly locked?: LockedPhoto
  /** Names the text of the sidecar; a save says which one it started from. */
  readonly version: string
  /** Why the sidecar cannot be read, when it cannot. */
  readonly sidecarProblem?: string
  /** Why the sidecar cannot be saved here, when it cannot: the photo lies outside of the project. */
  readonly savingProblem?: string
  /** URLs relative to the page. */
  readonly thumbnail: string
  readonly picture: string
}

/** A use with its crops, or why it has none. */
export interface PlannedUse extends ListedUse {
  readonly preset?: string
  readonly crops: readonly ShownCrop[]
  readonly notes: readonly string[]
  readonly problem?: string
}

/** A crop as the page shows it. */
export interface ShownCrop
  extends Pick<PlannedCrop, 'name' | 'media' | 'ratio' | 'by' | 'confidence' | 'kept' | 'reason' | 'warnings'> {
  readonly rect: RelativeRect
  /** Why it deserves a look, in a few words each; a person has not answered these yet. */
  readonly open: readonly string[]
}

/** What a crop of a use asks for; what the editor takes. */
export interface UsedCrop extends CropRequest {
  readonly preset: string
  readonly query?: Decisions
  readonly config?: Decisions
}

/** Body of `PUT api/sidecar`. A sidecar that decides nothing removes the file. */
export interface SaveRequest {
  readonly sidecar: Sidecar
  /** What `PhotoDetails.version` said. */
  readonly version: string
}

/** Answer to a save, and, with status 409, to one that started from another version. */
export interface SaveAnswer {
  readonly sidecar: Sidecar
  readonly version: string
}

/** Every answer that is an error. */
export interface Problem {
  readonly error: string
}
