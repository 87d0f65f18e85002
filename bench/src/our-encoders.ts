/** Our settings at our defaults, asked from the engine itself. */
import { resolveOptions } from '@hero-image/core'
import type { Encoders } from './work.ts'

/** Quality and effort that our plugin uses for someone who sets nothing. */
export const ourEncoders: Encoders = askEngine()

function askEngine(): Encoders {
  const preset = resolveOptions({}, import.meta.dirname).presets.hero
  if (preset === undefined) throw new Error('The built-in preset is gone.')
  return preset.encoders
}
