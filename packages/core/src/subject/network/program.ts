/** A network made ready to run: weights and buffers lie in the kernels' memory, layers are calls with fixed addresses. */
import { type BufferNeed, planBuffers } from './buffers.ts'
import { fuseActivations, inputsOf } from './fuse.ts'
import type { Kernels } from './kernels.ts'
import type { Layer, Model, Shape } from './model.ts'
import { FLOAT, type Place, type Step, scratchBytes, toSteps } from './steps.ts'
import { packMatrix, padRows, padTo } from './weights.ts'

/** Values of one tensor: channel `c` of pixel `p` is `values[p * stride + c]`. */
export interface Tensor extends Shape {
  readonly values: Float32Array
  readonly stride: number
}

/** A network that runs. */
export interface Program {
  /** What the network looks at; to be filled before every run, whose buffers may lie over it. */
  readonly input: () => Tensor
  /** Runs the network once. The outputs are views, which the next run overwrites. */
  readonly run: () => readonly Tensor[]
}

/** Prepares a model: weights are stored once, and buffers planned so that those share memory that do not live at the same time. */
export function createProgram(model: Model, kernels: Kernels): Program {
  const layers = fuseActivations(model.layers, model.outputs)
  const shapes = shapesInMemory(model, layers)
  const homes = homesOf(layers)
  const homeOf = (tensor: number): number => homes.get(tensor) ?? tensor
  const shapeOf = (tensor: number): Shape => found(shapes.get(tensor))

  const needs = new Map<number, BufferNeed>()
  const need = (tensor: number, step: number): void => {
    const { height, width, channels } = shapeOf(homeOf(tensor))
    const { first } = needs.get(homeOf(tensor)) ?? { first: step }
    needs.set(homeOf(tensor), { bytes: height * width * channels * FLOAT, first, last: step })
  }
  need(model.input, -1)
  layers.forEach((layer, step) => {
    for (const tensor of inputsOf(layer)) need(tensor, step)
    need(layer.output, step)
  })
  for (const tensor of model.outputs) need(tensor, layers.length)
  const scratch = layers.map((layer, step): BufferNeed => {
    return { bytes: scratchBytes(layer, shapeOf(layer.input), shapeOf(layer.output)), first: step, last: step }
  })
  const tensors = [...needs.keys()]
  const { offsets, bytes } = planBuffers([...needs.values(), ...scratch])
  const constants = layers.map((layer) => storeConstants(layer, shapeOf(layer.input), kernels))
  const start = kernels.reserve(bytes)

  const placeOf = (tensor: number): Place => {
    return { ...shapeOf(tensor), address: start + found(offsets[tensors.indexOf(homeOf(tensor))]) }
  }
  const steps: Step[] = layers.flatMap((layer, index) =>
    toSteps(layer, {
      input: placeOf(layer.input),
      output: placeOf(layer.output),
      others: inputsOf(layer).slice(1).map(placeOf),
      ...found(constants[index]),
      scratch: start + found(offsets[tensors.length + index]),
    }),
  )
  const view = (tensor: number): Tensor => {
    const { address, channels: stride, height, width } = placeOf(tensor)
    const { channels } = found(model.shapes.get(tensor))
    return { values: kernels.floats(address, height * width * stride), stride, channels, height, width }
  }
  return {
    input: () => view(model.input),
    run() {
      for (const [name, ...numbers] of steps) kernels.run(name, ...numbers)
      return model.outputs.map(view)
    },
  }
}

/** Shapes as they lie in memory: channels padded, but for the single values that a transposed convolution makes. */
function shapesInMemory(model: Model, layers: readonly Layer[]): ReadonlyMap<number, Shape> {
  const tight = new Set<number>()
  for (const layer of layers) {
    if (layer.kind === 'spread' || tight.has(layer.input)) tight.add(layer.output)
  }
  const entries = [...model.shapes].map(([tensor, shape]): [number, Shape] => {
    return [tensor, tight.has(tensor) ? shape : { ...shape, channels: padTo(shape.channels, 4) }]
  })
  return new Map(entries)
}

/** Reshaped tensors lie where their input lies. */
function homesOf(layers: readonly Layer[]): ReadonlyMap<number, number> {
  const homes = new Map<number, number>()
  for (const { kind, input, output } of layers) {
    if (kind === 'reshape') homes.set(output, homes.get(input) ?? input)
  }
  return homes
}

function storeConstants(layer: Layer, input: Shape, kernels: Kernels): { weights: number; bias: number } {
  if (!('weights' in layer)) return { weights: 0, bias: 0 }
  const { weights, bias } = layer
  if (layer.kind === 'depthwise')
    return { weights: store(kernels, padRows(weights, bias.length)), bias: store(kernels, padRows(bias, bias.length)) }
  const isSpread = layer.kind === 'spread'
  // Every tap of a transposed convolution is an output of its own.
  const outputs = isSpread ? layer.side * layer.side : bias.length
  const taps = isSpread ? 1 : layer.kernelHeight * layer.kernelWidth
  const offsets = isSpread ? new Float32Array(outputs).fill(bias[0] ?? 0) : bias
  const inputs = weights.length / (outputs * taps)
  if (padTo(inputs, 4) !== input.channels) throw new Error('The weights of a layer do not fit its input.')
  return {
    weights: store(kernels, packMatrix(weights, outputs, taps, inputs)),
    bias: store(kernels, padRows(offsets, outputs)),
  }
}

function store(kernels: Kernels, numbers: Float32Array): number {
  const address = kernels.reserve(numbers.byteLength)
  kernels.floats(address, numbers.length).set(numbers)
  return address
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The network is incomplete.')
  return value
}
