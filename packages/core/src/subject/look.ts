/** Shows a network a picture so that what it sees is mirrored with the picture. */
import type { RgbRaster } from '../types.ts'
import type { Program, Tensor } from './network/program.ts'

/** The outputs for the picture and for its mirror image. The second ones still lie mirrored. */
export interface Looks {
  readonly straight: readonly Tensor[]
  readonly mirrored: readonly Tensor[]
}

/** How bytes become the numbers that a network was trained on. */
export interface InputRange {
  /** What black becomes. */
  readonly black: number
  /** What white becomes. */
  readonly white: number
}

/** Runs the network twice over a raster that lies in the middle of its input, black around it. */
export function lookTwice(program: Program, raster: RgbRaster, range: InputRange): Looks {
  write(program.input(), raster, range, false)
  const straight = program.run().map(keep)
  write(program.input(), raster, range, true)
  return { straight, mirrored: program.run() }
}

/** What the network says of a picture, or of its mirror image. */
export interface Look {
  readonly outputs: readonly Tensor[]
  /** The outputs lie mirrored. */
  readonly isMirrored: boolean
}

/**
 * Runs the network once, over the raster or its mirror image, whichever has more light on the left: both are the same picture then, at half the price of
 * two looks. A raster with its light exactly in the middle is looked at as it is.
 */
export function lookOnce(program: Program, raster: RgbRaster, range: InputRange): Look {
  const isMirrored = leansRight(raster)
  write(program.input(), raster, range, isMirrored)
  return { outputs: program.run(), isMirrored }
}

function leansRight({ width, height, data }: RgbRaster): boolean {
  let moment = 0
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      moment += (2 * x + 1 - width) * ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0))
    }
  }
  return moment > 0
}

function write(input: Tensor, { width, height, data }: RgbRaster, { black, white }: InputRange, mirror: boolean): void {
  const { values, stride } = input
  const left = (input.width - width) / 2
  const top = (input.height - height) / 2
  const scale = (white - black) / 255
  for (let at = 0; at < values.length; at += stride) {
    values[at] = black
    values[at + 1] = black
    values[at + 2] = black
    values[at + 3] = 0
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + (mirror ? width - 1 - x : x)) * 3
      const to = ((y + top) * input.width + x + left) * stride
      values[to] = black + (data[from] ?? 0) * scale
      values[to + 1] = black + (data[from + 1] ?? 0) * scale
      values[to + 2] = black + (data[from + 2] ?? 0) * scale
    }
  }
}

function keep(tensor: Tensor): Tensor {
  return { ...tensor, values: tensor.values.slice() }
}
