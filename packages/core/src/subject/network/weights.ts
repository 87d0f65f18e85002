/** Weights in the order in which the kernels read them, with channels padded to multiples of 4. */

/** The next multiple of `step`. */
export function padTo(value: number, step: number): number {
  return Math.ceil(value / step) * step
}

/**
 * Weights `[out][tap][in]` as blocks of eight outputs (a last one of four), in each block tap by tap and input by input.
 */
export function packMatrix(weights: Float32Array, outputs: number, taps: number, inputs: number): Float32Array {
  const depth = padTo(inputs, 4)
  const rows = taps * depth
  const columns = padTo(outputs, 4)
  const packed = new Float32Array(rows * columns)
  let from = 0
  for (let output = 0; output < outputs; output++) {
    const block = output - (output % 8)
    const blockWidth = Math.min(8, columns - block)
    let to = block * rows + output - block
    for (let tap = 0; tap < taps; tap++) {
      for (let input = 0; input < depth; input++) {
        if (input < inputs) packed[to] = weights[from++] ?? 0
        to += blockWidth
      }
    }
  }
  return packed
}

/** Numbers in rows of `width` as rows of a multiple of 4, the rest zeros. */
export function padRows(numbers: Float32Array, width: number): Float32Array {
  if (width % 4 === 0) return numbers
  const padded = new Float32Array((numbers.length / width) * padTo(width, 4))
  numbers.forEach((number, index) => {
    padded[Math.floor(index / width) * padTo(width, 4) + (index % width)] = number
  })
  return padded
}
