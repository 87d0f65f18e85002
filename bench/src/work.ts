/** The work that all tools are given: the same widths and formats of the same photos, in the photo's own ratio. */
import { resolveOptions } from '@hero-image/core'

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

/** Our own settings at our defaults. */
export const ourEncoders: Readonly<Record<Format, Encoder>> = defaultEncoders()

function defaultEncoders(): Readonly<Record<Format, Encoder>> {
  const preset = resolveOptions({}, import.meta.dirname).presets['hero']
  if (preset === undefined) throw new Error('The built-in preset is gone.')
  return preset.encoders
}
