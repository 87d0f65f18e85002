/** The work that all tools are given: the same widths and formats of the same photos, in the photo's own ratio. */

/** Formats every tool makes. */
export const formats = ['avif', 'webp', 'jpeg'] as const

/** A format of the benchmark. */
export type Format = (typeof formats)[number]

/** Widths every tool makes, in px; no photo is smaller. */
export const widths: readonly number[] = [640, 960, 1280, 1920]

/** Quality and effort of one format. */
export interface Encoder {
  readonly quality: number
  readonly effort: number
}

/** Settings of all formats. */
export type Encoders = Readonly<Record<Format, Encoder>>
