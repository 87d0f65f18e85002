/** Every layer against numbers worked out by hand. */
import { expect, test } from 'vitest'
import { createKernels } from './kernels.ts'
import type { Layer, Shape } from './model.ts'
import { createProgram } from './program.ts'

const shape = (height: number, width: number, channels = 1): Shape => ({ height, width, channels })

/** Runs layers over tensors of these shapes: 0 is the input, the last one the output. Numbers are given and returned without padded channels. */
async function run(shapes: readonly Shape[], layers: readonly Layer[], input: readonly number[]): Promise<number[]> {
  const output = shapes.length - 1
  const program = createProgram(
    { input: 0, outputs: [output], shapes: new Map(shapes.entries()), layers },
    await createKernels(),
  )
  const { values, stride, channels } = program.input()
  values.fill(0)
  input.forEach((value, at) => {
    values[Math.floor(at / channels) * stride + (at % channels)] = value
  })
  const [result] = program.run()
  if (result === undefined) throw new Error('There is no output.')
  const pixels = result.height * result.width
  return Array.from({ length: pixels * result.channels }, (_, at) => {
    return result.values[Math.floor(at / result.channels) * result.stride + (at % result.channels)] ?? Number.NaN
  })
}

const numbers = (...list: number[]): Float32Array => Float32Array.from(list)
const window = { padding: 'same', stride: 1, kernelHeight: 1, kernelWidth: 1 } as const
const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9]

test('1x1 convolution: a matrix product with bias and relu', async () => {
  const layer: Layer = {
    kind: 'conv',
    input: 0,
    output: 1,
    activation: 1,
    ...window,
    weights: numbers(1, 2, 3, 4, -1, -1),
    bias: numbers(10, 20, 1),
  }
  // Two inputs, three outputs: 1·5 + 2·6 + 10, 3·5 + 4·6 + 20, -5 - 6 + 1 below zero.
  expect(await run([shape(1, 2, 2), shape(1, 2, 3)], [layer], [5, 6, 1, 0])).toEqual([27, 59, 0, 11, 23, 0])
})

test('1x1 convolution: more rows and columns than fit into registers at once', async () => {
  const columns = 12
  const weights = Float32Array.from({ length: columns * 4 }, (_, at) => Math.floor(at / 4) + (at % 4) * 100)
  const layer: Layer = {
    kind: 'conv',
    input: 0,
    output: 1,
    activation: 0,
    ...window,
    weights,
    bias: new Float32Array(columns),
  }
  const input = Array.from({ length: 6 * 4 }, (_, at) => (at % 4 === at % 3 ? 1 : 0))
  const expected = Array.from({ length: 6 * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns]
    return [0, 1, 2, 3].reduce((sum, depth) => sum + (input[row * 4 + depth] ?? 0) * (column + depth * 100), 0)
  })
  expect(await run([shape(1, 6, 4), shape(1, 6, columns)], [layer], input)).toEqual(expected)
})

test('3x3 convolution with stride 2: the odd row and column of zeros are below and right', async () => {
  const sum: Layer = {
    kind: 'conv',
    input: 0,
    output: 1,
    activation: 0,
    ...{ padding: 'same', stride: 2, kernelHeight: 3, kernelWidth: 3 },
    weights: new Float32Array(9).fill(1),
    bias: numbers(0),
  }
  const input = Array.from({ length: 16 }, (_, at) => at)
  // Rows 0..2 and columns 0..2 make 45; with padding from the right 2 + 3 + 6 + 7 + 10 + 11, and so on.
  expect(await run([shape(4, 4), shape(2, 2)], [sum], input)).toEqual([45, 39, 66, 50])
})

test('depthwise convolution: every channel for itself', async () => {
  const layer: Layer = {
    kind: 'depthwise',
    input: 0,
    output: 1,
    activation: 0,
    ...{ padding: 'same', stride: 1, kernelHeight: 1, kernelWidth: 3 },
    // Three taps of two channels: the left neighbour, and the sum of both neighbours.
    weights: numbers(1, 1, 0, 0, 0, 1),
    bias: numbers(0, 100),
  }
  const input = [1, 10, 2, 20, 3, 30, 4, 40, 5, 50]
  expect(await run([shape(1, 5, 2), shape(1, 5, 2)], [layer], input)).toEqual([0, 120, 1, 140, 2, 160, 3, 180, 4, 140])
})

test('pooling: the largest, and the mean', async () => {
  const pool = { input: 0, output: 1, padding: 'valid', stride: 2, kernelHeight: 2, kernelWidth: 2 } as const
  const input = [1, 2, 5, 5, 3, 4, 5, 9]
  expect(await run([shape(2, 4), shape(1, 2)], [{ kind: 'max-pool', ...pool }], input)).toEqual([4, 9])
  expect(await run([shape(2, 4), shape(1, 2)], [{ kind: 'average-pool', ...pool }], input)).toEqual([2.5, 6])
})

test('bilinear resize between the middles of pixels, the edges held', async () => {
  const resize: Layer = { kind: 'resize', input: 0, output: 1 }
  expect(await run([shape(1, 2), shape(1, 4)], [resize], [0, 4])).toEqual([0, 1, 3, 4])
  expect(await run([shape(2, 1), shape(4, 1)], [resize], [0, 4])).toEqual([0, 1, 3, 4])
})

test('sum, product with a factor for every channel, relu and padding with channels', async () => {
  const layers: Layer[] = [
    { kind: 'average-pool', input: 0, output: 1, padding: 'valid', stride: 1, kernelHeight: 1, kernelWidth: 2 },
    { kind: 'scale', input: 0, other: 1, output: 2 },
    { kind: 'add', input: 2, other: 0, output: 3, activation: 0 },
    { kind: 'relu', input: 3, output: 4 },
    { kind: 'pad', input: 4, output: 5 },
  ]
  const two = shape(1, 2, 2)
  // Means 2 and -2: 1·2 + 1, -1·-2 - 1, 3·2 + 3, -3·-2 - 3.
  const padded = [3, 1, 0, 0, 0, 0, 0, 0, 9, 3, 0, 0, 0, 0, 0, 0]
  expect(await run([two, shape(1, 1, 2), two, two, two, shape(1, 2, 8)], layers, [1, -1, 3, -3])).toEqual(padded)
})

test('hard swish and sigmoid', async () => {
  const swish = await run([shape(1, 4), shape(1, 4)], [{ kind: 'hard-swish', input: 0, output: 1 }], [-4, -1, 1, 5])
  const expected = [0, -1 / 3, 2 / 3, 5]
  swish.forEach((value, at) => {
    expect(value).toBeCloseTo(expected[at] ?? 0, 6)
  })
  const [low, half, high] = await run(
    [shape(1, 3), shape(1, 3)],
    [{ kind: 'sigmoid', input: 0, output: 1 }],
    [-1, 0, 50],
  )
  expect(low).toBeCloseTo(1 / (1 + Math.E), 7)
  expect([half, high]).toEqual([0.5, 1])
})

test('transposed convolution without overlap: every pixel becomes a square, here followed by a reshape', async () => {
  const layers: Layer[] = [
    { kind: 'spread', input: 0, output: 1, side: 2, weights: numbers(1, 2, 3, 4), bias: numbers(0.5) },
    { kind: 'reshape', input: 1, output: 2 },
  ]
  const expected = [1.5, 2.5, 10.5, 20.5, 3.5, 4.5, 30.5, 40.5]
  expect(await run([shape(1, 2), shape(2, 4), shape(1, 8)], layers, [1, 10])).toEqual(expected)
})

test('joined lists lie one behind the other, each as it was', async () => {
  const layers: Layer[] = [
    { kind: 'relu', input: 0, output: 1 },
    { kind: 'hard-swish', input: 0, output: 2 },
    { kind: 'concat', input: 1, others: [2, 0], output: 3 },
  ]
  const two = shape(1, 2, 3)
  const input = [-4, 0, 4, 5, -6, 7]
  const expected = [0, 0, 4, 5, 0, 7, -0, 0, 4, 5, -0, 7, ...input]
  expect(await run([two, two, two, shape(1, 6, 3)], layers, input)).toEqual(expected)
})

test('valid padding takes only whole windows', async () => {
  const layer: Layer = {
    kind: 'conv',
    input: 0,
    output: 1,
    activation: 3,
    ...{ padding: 'valid', stride: 1, kernelHeight: 2, kernelWidth: 2 },
    weights: numbers(0, 0, 0, 1),
    bias: numbers(0),
  }
  // The last activation code holds values within 0..6.
  expect(await run([shape(3, 3), shape(2, 2)], [layer], nine)).toEqual([5, 6, 6, 6])
})
