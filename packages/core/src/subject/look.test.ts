/** One look at a picture and one at its mirror image. */
import { expect, test } from 'vitest'
import type { RgbRaster } from '../types.ts'
import { lookOnce } from './look.ts'
import type { Program } from './network/program.ts'

/** A network that says what it was shown. */
function echo(width: number, height: number): Program {
  const input = { width, height, channels: 3, stride: 4, values: new Float32Array(width * height * 4) }
  return { input: () => input, run: () => [{ ...input, values: input.values.slice() }] }
}

const row = (...values: number[]): RgbRaster => ({
  width: values.length,
  height: 1,
  data: Uint8Array.from(values.flatMap((value) => [value, value, value])),
})

const shown = (raster: RgbRaster): { values: number[]; isMirrored: boolean } => {
  const { outputs, isMirrored } = lookOnce(echo(raster.width, 1), raster, { black: 0, white: 255 })
  const [{ values } = { values: new Float32Array(0) }] = outputs
  return { values: [...values].filter((_, at) => at % 4 === 0), isMirrored }
}

test('the network sees the same of both, with the light on the left', () => {
  expect(shown(row(10, 200, 30, 20))).toEqual({ values: [10, 200, 30, 20], isMirrored: false })
  expect(shown(row(20, 30, 200, 10))).toEqual({ values: [10, 200, 30, 20], isMirrored: true })
})

test('a picture that is its own mirror image is looked at as it is', () => {
  expect(shown(row(5, 9, 5))).toEqual({ values: [5, 9, 5], isMirrored: false })
})
