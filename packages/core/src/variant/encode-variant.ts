/** The last step of every variant: encode, check, deliver. */
import type { Sharp } from 'sharp'
import { HeroError } from '../errors.ts'
import type { Variant } from '../types.ts'
import type { Copyright } from './copyright.ts'
import { withEncoder } from './encode.ts'
import { encodeBytes } from './memory.ts'
import type { RenderContext } from './render-context.ts'

/** A pipeline that yields a variant's pixels, and who is to blame when it fails. */
export interface PixelSource {
  readonly open: () => Sharp | Promise<Sharp>
  readonly orError: <T>(file: string, work: Promise<T>) => Promise<T>
  /** Bytes held besides those of the encoder. */
  readonly bytes: number
}

/**
 * Encodes a variant in one job and hands it over, unless nobody wants it by then.
 *
 * @throws HeroError `HERO_RENDER_FAILED` when the result has not exactly the variant's size: a width in srcset must be true.
 */
export async function encodeVariant(
  variant: Variant,
  { open, orError, bytes: held }: PixelSource,
  copyright: Copyright,
  { file, run, isWanted, deliver }: RenderContext,
): Promise<void> {
  const made = await run(async () => {
    // Asked when the job's turn comes, not when it is queued.
    if (isWanted?.(variant) === false) return undefined
    const start = performance.now()
    const pipeline = withEncoder(await open(), variant)
    const hasCopyright = variant.metadata === 'copyright' && Object.keys(copyright).length > 0
    if (hasCopyright) pipeline.withExif({ IFD0: { ...copyright } })
    const { data, info } = await orError(file, pipeline.toBuffer({ resolveWithObject: true }))
    const height = info.pageHeight ?? info.height
    if (info.width !== variant.width || height !== variant.height) {
      const reason = `${variant.name} came out as ${info.width} × ${height} instead of ${variant.width} × ${variant.height}.`
      throw new HeroError('HERO_RENDER_FAILED', reason, { file })
    }
    return { bytes: data, ms: performance.now() - start }
  }, held + encodeBytes(variant))
  if (made !== undefined) await deliver(variant, made.bytes, made.ms)
}
