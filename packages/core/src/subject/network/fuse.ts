/** Joins a relu with the layer before it, which saves a pass over memory. */
import type { Layer } from './model.ts'

/** The layers with every relu gone whose input comes from a layer that can do it itself and is used by nobody else. */
export function fuseActivations(layers: readonly Layer[], outputs: readonly number[]): readonly Layer[] {
  const uses = new Map<number, number>()
  for (const tensor of [...layers.flatMap(inputsOf), ...outputs]) uses.set(tensor, (uses.get(tensor) ?? 0) + 1)
  const fused: Layer[] = []
  for (const layer of layers) {
    const before = fused.findIndex(({ output }) => layer.kind === 'relu' && output === layer.input)
    const producer = fused[before]
    if (
      producer !== undefined &&
      'activation' in producer &&
      producer.activation === 0 &&
      uses.get(producer.output) === 1
    )
      fused[before] = { ...producer, activation: 1, output: layer.output }
    else fused.push(layer)
  }
  return fused
}

/** The tensors that a layer reads. */
export function inputsOf(layer: Layer): readonly number[] {
  if (layer.kind === 'concat') return [layer.input, ...layer.others]
  return 'other' in layer ? [layer.input, layer.other] : [layer.input]
}
