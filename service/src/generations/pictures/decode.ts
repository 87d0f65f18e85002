/** Pictures of a generation, made by the decoders: nothing that came from outside is decoded in this process. */
import type { Decoder, DecoderInput } from '../../decode/decoder.ts'
import type { Capability, Drawing } from '../../providers/provider.ts'
import { originalInDrawn, type Plan } from '../plan.ts'

/** Files of people that a generation works on. */
export interface SourceFiles {
  readonly source: DecoderInput | undefined
  readonly mask: DecoderInput | undefined
}

/** What the provider is sent of them. */
export async function preparePictures(
  decoder: Decoder,
  { source, mask }: SourceFiles,
  plan: Plan,
  capability: Capability,
): Promise<Pick<Drawing, 'picture' | 'mask' | 'margins'>> {
  if (source === undefined) return {}
  const options = { plan, mask: capability.mask, gives: capability.gives }
  const { facts, bytes } =
    mask === undefined
      ? await decoder.run('prepare-call', [source], options)
      : await decoder.run('prepare-masked-call', [source, mask], options)
  const picture = bytes.subarray(0, facts.pictureBytes)
  const encodedMask = bytes.subarray(facts.pictureBytes)
  return {
    picture,
    ...(encodedMask.length === 0 ? {} : { mask: encodedMask }),
    ...(capability.gives === 'photo' ? { margins: marginsOf(plan) } : {}),
  }
}

/** The picture that is delivered, from what the provider drew. */
export async function finishPicture(
  decoder: Decoder,
  drawn: Uint8Array,
  { source, mask }: SourceFiles,
  plan: Plan,
): Promise<Uint8Array> {
  const { bytes } =
    source !== undefined && plan.original !== null
      ? await decoder.run('paste-original', [drawn, source], { plan })
      : source !== undefined && mask !== undefined
        ? await decoder.run('paste-by-mask', [drawn, source, mask], { plan })
        : await decoder.run('check-result', [drawn], { plan })
  return bytes
}

/** The extension that needs no provider. */
export async function extendLocally(decoder: Decoder, source: DecoderInput, plan: Plan): Promise<Uint8Array> {
  return (await decoder.run('local-extend', [source], { plan })).bytes
}

function marginsOf(plan: Plan): NonNullable<Drawing['margins']> {
  const { size } = plan.drawn
  const { left, top, width, height } = originalInDrawn(plan)
  return { left, top, right: size.width - left - width, bottom: size.height - top - height }
}
