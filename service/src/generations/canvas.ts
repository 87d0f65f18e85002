/** The canvas that `extend` asks for, in whole pixels, and where the photo lies in it. Pure. */
import type { NewGeneration } from '@hero-image/client/contract'
import { placeAround, type Rect, type Size } from '@hero-image/core/crop'
import { invalidField } from '../http/problem.ts'

type Extension = Pick<Extract<NewGeneration, { operation: 'extend' }>, 'ratio' | 'anchor' | 'canvas'>

/** A canvas with the photo in it. */
export interface Canvas {
  readonly canvas: Size
  readonly original: Rect
}

/** `4:5` as a number. */
export function ratioOf(text: string): number {
  const [width = 1, height = 1] = text.split(':').map(Number)
  return width / height
}

/**
 * The smallest canvas that is as wished; the photo is in it pixel by pixel.
 *
 * @throws ProblemError invalid-fields when it is the photo itself
 */
export function canvasOf(photo: Size, { ratio, anchor, canvas }: Extension): Canvas {
  const wished = canvas === undefined ? byRatio(photo, ratioOf(ratio ?? '1:1'), anchor) : byRect(photo, canvas)
  if (wished.canvas.width === photo.width && wished.canvas.height === photo.height) {
    throw invalidField(canvas === undefined ? '/ratio' : '/canvas', 'is what the photo has already.')
  }
  return wished
}

function byRatio(photo: Size, ratio: number, anchor: Extension['anchor']): Canvas {
  const canvas = {
    width: Math.max(photo.width, Math.round(photo.height * ratio)),
    height: Math.max(photo.height, Math.round(photo.width / ratio)),
  }
  return { canvas, original: placeAround(canvas, photo, anchor ?? { x: 0.5, y: 0.5 }) }
}

function byRect(photo: Size, { x, y, width, height }: NonNullable<Extension['canvas']>): Canvas {
  const left = Math.round(0 - x * photo.width)
  const top = Math.round(0 - y * photo.height)
  const right = Math.round((x + width - 1) * photo.width)
  const bottom = Math.round((y + height - 1) * photo.height)
  return {
    canvas: { width: left + photo.width + right, height: top + photo.height + bottom },
    original: { left, top, ...photo },
  }
}
