/** One layer as calls of kernels with fixed addresses. */
import type { KernelName } from './kernels.ts'
import type { Layer, Shape } from './model.ts'

/** A kernel and its numbers. */
export type Step = readonly [KernelName, ...numbers: number[]]

/** Bytes in a float. */
export const FLOAT = 4

/** A tensor in memory; `channels` as they lie there, padded. */
export interface Place extends Shape {
  readonly address: number
}

/** Everything that the calls of one layer need to know. */
export interface Surroundings {
  readonly input: Place
  readonly output: Place
  /** What the layer reads beside its input. */
  readonly others: readonly Place[]
  readonly weights: number
  readonly bias: number
  /** Where the padded input lies, when the layer needs one, and behind it the gathered windows. */
  readonly scratch: number
}

type Windowed = Extract<Layer, { kernelHeight: number }>

/** How the input of a layer with windows is padded: its size with the padding, and where the picture lies in it. */
export function paddingOf(layer: Windowed, input: Shape, output: Shape): Shape & { top: number; left: number } {
  const height = Math.max(input.height, (output.height - 1) * layer.stride + layer.kernelHeight)
  const width = Math.max(input.width, (output.width - 1) * layer.stride + layer.kernelWidth)
  // The odd pixel goes to the right and to the bottom.
  const top = Math.floor((height - input.height) / 2)
  return { height, width, channels: input.channels, top, left: Math.floor((width - input.width) / 2) }
}

/** Bytes that a layer needs for itself while it runs. */
export function scratchBytes(layer: Layer, input: Shape, output: Shape): number {
  if (!('kernelHeight' in layer))
    return layer.kind === 'spread' ? input.height * input.width * padded(layer) * FLOAT : 0
  const padding = paddingOf(layer, input, output)
  const pixels = padding.height * padding.width * input.channels
  return (pixels + windowsOf(layer, input, output)) * FLOAT
}

/** The calls of one layer, in order. */
export function toSteps(layer: Layer, around: Surroundings): readonly Step[] {
  const { input, output, others, weights, bias, scratch } = around
  const [other] = others
  const bytes = Math.ceil((output.height * output.width * output.channels * FLOAT) / 16) * 16
  switch (layer.kind) {
    case 'reshape':
      return []
    case 'relu':
      return [['relu', input.address, output.address, bytes]]
    case 'hard-swish':
      return [['hardSwish', input.address, output.address, bytes]]
    case 'sigmoid':
      return [['sigmoid', input.address, output.address, bytes]]
    case 'add':
      return [['add', input.address, other?.address ?? 0, output.address, bytes, layer.activation]]
    case 'scale': {
      const isFactor = other?.height === 1 && other.width === 1
      const period = isFactor ? output.channels * FLOAT : bytes
      return [['scale', input.address, other?.address ?? 0, output.address, bytes, period]]
    }
    case 'resize':
      return [['resize', input.address, output.address, ...sizeOf(input), input.channels, ...sizeOf(output)]]
    case 'pad':
      return [
        [
          'pad',
          input.address,
          output.address,
          ...sizeOf(input),
          input.channels,
          0,
          0,
          ...sizeOf(output),
          output.channels,
        ],
      ]
    case 'concat':
      return join([input, ...others], output.address)
    case 'spread': {
      const columns = padded(layer)
      return [
        ['multiply', input.address, weights, bias, scratch, input.height * input.width, input.channels, columns, 0],
        ['spread', scratch, output.address, ...sizeOf(input), layer.side, columns],
      ]
    }
    default:
      return toWindowSteps(layer, around)
  }
}

/** Copies of tensors, one behind the other. */
function join(tensors: readonly Place[], start: number): readonly Step[] {
  let to = start
  return tensors.map((tensor): Step => {
    const { address, channels } = tensor
    const copy: Step = ['pad', address, to, ...sizeOf(tensor), channels, 0, 0, ...sizeOf(tensor), channels]
    to += tensor.height * tensor.width * channels * FLOAT
    return copy
  })
}

function toWindowSteps(layer: Windowed, { input, output, weights, bias, scratch }: Surroundings): readonly Step[] {
  const { stride, kernelHeight, kernelWidth } = layer
  if (layer.kind === 'conv' && kernelHeight * kernelWidth * stride === 1) {
    const pixels = input.height * input.width
    return [
      [
        'multiply',
        input.address,
        weights,
        bias,
        output.address,
        pixels,
        input.channels,
        output.channels,
        layer.activation,
      ],
    ]
  }
  const padding = paddingOf(layer, input, output)
  const isPadded = padding.height > input.height || padding.width > input.width
  const start = isPadded ? scratch : input.address
  const pad: Step[] = isPadded
    ? [
        [
          'pad',
          input.address,
          scratch,
          ...sizeOf(input),
          input.channels,
          padding.top,
          padding.left,
          ...sizeOf(padding),
          input.channels,
        ],
      ]
    : []
  const kernel = [kernelHeight, kernelWidth, stride]
  if (layer.kind === 'depthwise') {
    const sizes = [padding.width, input.channels, ...kernel, ...sizeOf(output), layer.activation]
    return [...pad, ['depthwise', start, weights, bias, output.address, ...sizes]]
  }
  if (layer.kind !== 'conv') {
    if (isPadded) throw new Error('Pooling over the edge is not known.')
    const isAverage = layer.kind === 'average-pool' ? 1 : 0
    return [['pool', start, output.address, padding.width, input.channels, ...kernel, ...sizeOf(output), isAverage]]
  }
  const windows = scratch + padding.height * padding.width * input.channels * FLOAT
  const depth = kernelHeight * kernelWidth * input.channels
  const row = padding.width * input.channels * FLOAT
  const outputRow = output.width * output.channels * FLOAT
  const rows = Array.from({ length: output.height }, (_, y): readonly Step[] => [
    ['gather', start + y * stride * row, windows, padding.width, input.channels, ...kernel, output.width],
    [
      'multiply',
      ...[windows, weights, bias, output.address + y * outputRow],
      ...[output.width, depth, output.channels, layer.activation],
    ],
  ])
  return [...pad, ...rows.flat()]
}

/** Numbers in one row of gathered windows. */
function windowsOf(layer: Windowed, input: Shape, output: Shape): number {
  return layer.kind === 'conv' ? output.width * layer.kernelHeight * layer.kernelWidth * input.channels : 0
}

function sizeOf({ height, width }: Shape): [number, number] {
  return [height, width]
}

function padded({ side }: { side: number }): number {
  return Math.ceil((side * side) / 4) * 4
}
