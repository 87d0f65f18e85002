/** Reads one photo and draws what is still wanted of it. */
import { HeroError } from '../errors.ts'
import { free } from '../source/free.ts'
import { hashSource, readSource } from '../source/read.ts'
import type { Queue } from '../store/queue.ts'
import type { Variant } from '../types.ts'
import { renderVariants } from '../variant/render.ts'
import type { DrawJob } from './messages.ts'

interface Surroundings {
  readonly isWanted: (variant: Variant) => boolean
  /** Bounds decodes and encodes of all photos together. */
  readonly queue: Pick<Queue, 'run'>
  /** Bounds decodes beyond that, those of analyses among them. */
  readonly decodes: Pick<Queue, 'run'>
  readonly deliver: (variant: Variant, bytes: Uint8Array, ms: number) => Promise<void>
}

/**
 * Ends quietly, with the rest undrawn, when nobody wants any of it any more.
 *
 * @throws HeroError `HERO_SOURCE_CHANGED` when the photo is another by now, and what reading, drawing and `deliver` throw.
 */
export async function drawPhoto(
  { file, source, limits, variants }: DrawJob,
  { isWanted, queue, decodes, deliver }: Surroundings,
): Promise<void> {
  const photo = await readSource(file, limits)
  if (hashSource(photo) !== source) {
    throw new HeroError('HERO_SOURCE_CHANGED', 'The photo changed while the build ran.', { file })
  }
  const wanted = variants.filter(isWanted)
  try {
    await renderVariants(photo, wanted, {
      file,
      pixels: limits.pixels,
      isWanted,
      run: (job, bytes, step) => {
        const inTurn = (): ReturnType<typeof job> =>
          queue.run(
            () => {
              if (!wanted.some(isWanted)) throw new Abandoned()
              return job()
            },
            { bytes },
          )
        // Somebody waits for these pixels, or cores do; photos that wait to be analysed may be many.
        return step === 'decode' ? decodes.run(inTurn, { priority: 1 }) : inTurn()
      },
      deliver,
    })
  } catch (error) {
    if (!(error instanceof Abandoned)) throw error
  }
  free(photo)
}

class Abandoned extends Error {}
