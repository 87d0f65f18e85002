/** Reads a TensorFlow Lite file: only the layers that the networks of the built-in detectors are made of. */
import { readRoot, type Table } from './flatbuffer.ts'
import { fromHalf } from './half.ts'

/** Sides of a tensor without its batch of one. */
export interface Shape {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** What a layer does with its sum: codes of TensorFlow Lite, 0 nothing, 1 relu, 3 relu6. */
export type Activation = 0 | 1 | 3

interface Window {
  /** `same` pads with zeros so that the output has as many windows as the input has strides. */
  readonly padding: 'same' | 'valid'
  readonly stride: number
  readonly kernelHeight: number
  readonly kernelWidth: number
}

interface Weighted {
  /** As in the file: conv and spread `[out][y][x][in]`, depthwise `[y][x][channel]`. */
  readonly weights: Float32Array
  readonly bias: Float32Array
}

/** One layer; numbers of tensors refer to `Model.shapes`. */
export type Layer = { readonly output: number } & (
  | ({
      readonly kind: 'conv' | 'depthwise'
      readonly input: number
      readonly activation: Activation
    } & Window &
      Weighted)
  | ({ readonly kind: 'spread'; readonly input: number; readonly side: number } & Weighted)
  | ({ readonly kind: 'max-pool' | 'average-pool'; readonly input: number } & Window)
  | { readonly kind: 'add'; readonly input: number; readonly other: number; readonly activation: Activation }
  | { readonly kind: 'scale'; readonly input: number; readonly other: number }
  | { readonly kind: 'concat'; readonly input: number; readonly others: readonly number[] }
  | { readonly kind: 'relu' | 'hard-swish' | 'sigmoid' | 'resize' | 'pad' | 'reshape'; readonly input: number }
)

/** A network as a list of layers in the order in which they run. */
export interface Model {
  readonly input: number
  readonly outputs: readonly number[]
  readonly shapes: ReadonlyMap<number, Shape>
  readonly layers: readonly Layer[]
}

/**
 * Reads a model.
 *
 * @throws Error when the file is no TensorFlow Lite model or has a layer that is not known here
 */
export function readModel(file: Uint8Array): Model {
  if (String.fromCharCode(...file.subarray(4, 8)) !== 'TFL3') throw new Error('This is no TensorFlow Lite file.')
  const root = readRoot(file)
  const graph = root.tables(2)[0]
  if (graph === undefined) throw new Error('The file holds no network.')
  const tensors = graph.tables(0)
  const buffers = root.tables(4)
  const codes = root.tables(1).map((code) => ({ builtin: Math.max(code.byte(0), code.int(3)), custom: code.text(1) }))

  const contentOf = (tensor: number): Table => found(buffers[found(tensors[tensor]).int(2)])
  const sources = new Map<number, number>()
  const numbersOf = (tensor: number | undefined): Float32Array => {
    const source = sources.get(found(tensor)) ?? found(tensor)
    const type = found(tensors[source]).byte(1)
    const bytes = contentOf(source).bytes(0)
    if (type === HALF) return fromHalf(bytes)
    if (type === SINGLE) return new Float32Array(new Uint8Array(bytes).buffer)
    throw new Error(`Weights of type ${type} are not known.`)
  }
  const shapes = new Map<number, Shape>()
  const layers: Layer[] = []
  for (const operator of graph.tables(3)) {
    const code = found(codes[operator.int(0)])
    const inputs = operator.ints(1)
    const output = found(operator.ints(2)[0])
    if (code.builtin === DEQUANTIZE) {
      sources.set(output, found(inputs[0]))
      continue
    }
    for (const tensor of [inputs[0], output]) {
      if (tensor !== undefined) shapes.set(tensor, toShape(found(tensors[tensor]).ints(0)))
    }
    layers.push(readLayer(code, operator, inputs, output, numbersOf, (tensor) => found(tensors[tensor]).ints(0)))
  }
  return { input: found(graph.ints(1)[0]), outputs: graph.ints(2), shapes, layers }
}

const SINGLE = 0
const HALF = 1
const DEQUANTIZE = 6

/** Codes of the layers that have no settings, in the schema of TensorFlow Lite. */
const plain: ReadonlyMap<number, 'sigmoid' | 'relu' | 'reshape' | 'pad' | 'hard-swish'> = new Map([
  [14, 'sigmoid'],
  [19, 'relu'],
  [22, 'reshape'],
  [34, 'pad'],
  [117, 'hard-swish'],
])

function readLayer(
  code: { builtin: number; custom: string },
  operator: Table,
  inputs: readonly number[],
  output: number,
  numbersOf: (tensor: number | undefined) => Float32Array,
  sidesOf: (tensor: number) => readonly number[],
): Layer {
  const options = operator.table(4)
  const input = found(inputs[0])
  const weighted = (): Weighted => ({ weights: numbersOf(inputs[1]), bias: numbersOf(inputs[2]) })
  const kind = plain.get(code.builtin)
  if (kind !== undefined) return { kind, input, output }
  if (code.builtin === 32 && code.custom === 'Convolution2DTransposeBias') {
    const [, side = 0, kernelWidth] = sidesOf(found(inputs[1]))
    const settings = operator.bytes(5)
    // Padding, stride along x, stride along y: 32 bits each, all below 256.
    if (side !== kernelWidth || settings[4] !== side || settings[8] !== side)
      throw new Error('Transposed convolutions with overlap are not known.')
    return { kind: 'spread', input, output, side, ...weighted() }
  }
  switch (found(options) && code.builtin) {
    case 0:
      return { kind: 'add', input, output, other: found(inputs[1]), activation: toActivation(options?.byte(0)) }
    case 18:
      if (options?.byte(0) !== 0) throw new Error('Products with activation are not known.')
      return { kind: 'scale', input, output, other: found(inputs[1]) }
    case 2: {
      // Along the first side alone, so that one list of cells follows the other in memory.
      const [, , ...rest] = sidesOf(output)
      const isList = inputs.every((each) => sidesOf(each).slice(2).join() === rest.join())
      if (options?.int(0) !== 1 || options.byte(1) !== 0 || !isList) throw new Error('Only lists of cells are joined.')
      return { kind: 'concat', input, output, others: inputs.slice(1) }
    }
    case 1:
    case 17:
      return {
        kind: code.builtin === 1 ? 'average-pool' : 'max-pool',
        input,
        output,
        ...toWindow(options, options?.int(4), options?.int(3)),
      }
    case 3:
    case 4: {
      const isConv = code.builtin === 3
      const [, height, width] = sidesOf(found(inputs[1]))
      return {
        kind: isConv ? 'conv' : 'depthwise',
        input,
        output,
        activation: toActivation(options?.byte(isConv ? 3 : 4)),
        ...toWindow(options, height, width),
        ...weighted(),
      }
    }
    case 23:
      if (options?.byte(2) !== 0 || options.byte(3) !== 1) throw new Error('Only half-pixel resizes are known.')
      return { kind: 'resize', input, output }
    default:
      throw new Error(`Layer ${code.builtin} ${code.custom} is not known.`)
  }
}

function toWindow(options: Table | undefined, kernelHeight = 0, kernelWidth = 0): Window {
  const stride = options?.int(1) ?? 0
  if (stride !== options?.int(2)) throw new Error('Strides that differ are not known.')
  return { padding: options?.byte(0) === 0 ? 'same' : 'valid', stride, kernelHeight, kernelWidth }
}

function toActivation(code = 0): Activation {
  if (code !== 0 && code !== 1 && code !== 3) throw new Error(`Activation ${code} is not known.`)
  return code
}

function toShape(sides: readonly number[]): Shape {
  const [, height = 1, width = 1, channels] = sides
  // A list of predictions has no height.
  return channels === undefined ? { height: 1, width: height, channels: width } : { height, width, channels }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The file of the model is damaged.')
  return value
}
