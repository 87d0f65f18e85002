/** What a host tells the studio: which pictures its project uses. */
import type { Engine } from '@hero-image/core'

/** A photo and what is asked of it, as files of the project say. */
export interface Use {
  /** Absolute path of the photo. */
  readonly file: string
  /** Without question mark. */
  readonly query: string
  /** Absolute paths of the files that import it. */
  readonly importers: readonly string[]
  /** True when the running project has loaded it; false when it was only found in the source files. */
  readonly loaded: boolean
}

/** A reference that leads to no photo. */
export interface Missing {
  /** As written. */
  readonly written: string
  /** Absolute path. */
  readonly importer: string
}

/** Everything a project uses. */
export interface Uses {
  readonly uses: readonly Use[]
  readonly missing: readonly Missing[]
}

/** The project behind the page. */
export interface StudioProject {
  /** Plans and draws; its options have the root. */
  readonly engine: Engine
  /** Path of the page, with slashes at both ends: `/__hero/`. */
  readonly base: string
  /** Every use that is known by now. */
  uses(): Promise<Uses>
  /** The host's own rule for files outside of the project. */
  mayRead(file: string): boolean
  /** True when the server has checked the name it was called by before it called us; else only localhost is served. */
  readonly hostIsChecked: boolean
  /** Something that a person did not ask for and should know. */
  warn(message: string): void
}
