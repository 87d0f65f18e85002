/**
 * The layers of the networks in AssemblyScript, with the flood of Boolean Map Saliency (boolean-map.ts) in the same module: one SIMD WebAssembly module
 * that Node and browsers run alike, bit for bit.
 *
 * Tensors are 32-bit floats, row by row, channels last; the number of channels is always padded to a multiple of 4. Every `usize` is an address in bytes.
 * After a change: `node assembly/compile.ts`.
 */

export { cut } from './boolean-map'

/** Bytes in a vector of four floats. */
const VECTOR: usize = 16

/** Bytes in a float. */
const FLOAT: usize = 4

function activate(value: v128, activation: i32): v128 {
  // Codes of TensorFlow Lite: 0 none, 1 relu, 3 relu6.
  if (activation === 0) return value
  const positive = f32x4.max(value, f32x4.splat(0))
  return activation === 3 ? f32x4.min(positive, f32x4.splat(6)) : positive
}

/**
 * Matrix product with bias: a 1x1 convolution, and after `gather` any other.
 *
 * `weights` are blocks of eight columns, depth by depth; a last block of four when `columns` is no multiple of eight. Four rows by eight columns stay in
 * registers. The order of additions is the same for every row, wherever it lies.
 */
export function multiply(
  input: usize,
  weights: usize,
  bias: usize,
  output: usize,
  rows: usize,
  depth: usize,
  columns: usize,
  activation: i32,
): void {
  const inputRow = depth * FLOAT
  const outputRow = columns * FLOAT
  let column: usize = 0
  for (; column + 8 <= columns; column += 8) {
    const block = weights + column * depth * FLOAT
    const bias0 = v128.load(bias + column * FLOAT)
    const bias1 = v128.load(bias + column * FLOAT, VECTOR)
    let row: usize = 0
    for (; row + 4 <= rows; row += 4) {
      let a = input + row * inputRow
      let w = block
      let s00 = bias0
      let s01 = bias1
      let s10 = bias0
      let s11 = bias1
      let s20 = bias0
      let s21 = bias1
      let s30 = bias0
      let s31 = bias1
      for (const end = a + inputRow; a < end; a += FLOAT) {
        const w0 = v128.load(w)
        const w1 = v128.load(w, VECTOR)
        const a0 = v128.load32_splat(a)
        const a1 = v128.load32_splat(a + inputRow)
        const a2 = v128.load32_splat(a + 2 * inputRow)
        const a3 = v128.load32_splat(a + 3 * inputRow)
        s00 = f32x4.add(s00, f32x4.mul(a0, w0))
        s01 = f32x4.add(s01, f32x4.mul(a0, w1))
        s10 = f32x4.add(s10, f32x4.mul(a1, w0))
        s11 = f32x4.add(s11, f32x4.mul(a1, w1))
        s20 = f32x4.add(s20, f32x4.mul(a2, w0))
        s21 = f32x4.add(s21, f32x4.mul(a2, w1))
        s30 = f32x4.add(s30, f32x4.mul(a3, w0))
        s31 = f32x4.add(s31, f32x4.mul(a3, w1))
        w += 2 * VECTOR
      }
      const o = output + row * outputRow + column * FLOAT
      v128.store(o, activate(s00, activation))
      v128.store(o, activate(s01, activation), VECTOR)
      v128.store(o + outputRow, activate(s10, activation))
      v128.store(o + outputRow, activate(s11, activation), VECTOR)
      v128.store(o + 2 * outputRow, activate(s20, activation))
      v128.store(o + 2 * outputRow, activate(s21, activation), VECTOR)
      v128.store(o + 3 * outputRow, activate(s30, activation))
      v128.store(o + 3 * outputRow, activate(s31, activation), VECTOR)
    }
    for (; row < rows; row++) {
      let a = input + row * inputRow
      let w = block
      let s0 = bias0
      let s1 = bias1
      for (const end = a + inputRow; a < end; a += FLOAT) {
        const a0 = v128.load32_splat(a)
        s0 = f32x4.add(s0, f32x4.mul(a0, v128.load(w)))
        s1 = f32x4.add(s1, f32x4.mul(a0, v128.load(w, VECTOR)))
        w += 2 * VECTOR
      }
      const o = output + row * outputRow + column * FLOAT
      v128.store(o, activate(s0, activation))
      v128.store(o, activate(s1, activation), VECTOR)
    }
  }
  if (column === columns) return
  const block = weights + column * depth * FLOAT
  const bias0 = v128.load(bias + column * FLOAT)
  for (let row: usize = 0; row < rows; row++) {
    let a = input + row * inputRow
    let w = block
    let s0 = bias0
    for (const end = a + inputRow; a < end; a += FLOAT) {
      s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(a), v128.load(w)))
      w += VECTOR
    }
    v128.store(output + row * outputRow + column * FLOAT, activate(s0, activation))
  }
}

/** Every window of one row of outputs as a row of a matrix. `input` is padded and begins at the row's first window. */
export function gather(
  input: usize,
  output: usize,
  inputWidth: usize,
  channels: usize,
  kernelHeight: usize,
  kernelWidth: usize,
  stride: usize,
  outputWidth: usize,
): void {
  const pixel = channels * FLOAT
  const line = kernelWidth * pixel
  let o = output
  for (let x: usize = 0; x < outputWidth; x++) {
    for (let y: usize = 0; y < kernelHeight; y++) {
      memory.copy(o, input + y * inputWidth * pixel + x * stride * pixel, line)
      o += line
    }
  }
}

/** Copies a tensor into the middle of zeros: around it, and behind its channels. */
export function pad(
  input: usize,
  output: usize,
  height: usize,
  width: usize,
  channels: usize,
  top: usize,
  left: usize,
  outputHeight: usize,
  outputWidth: usize,
  outputChannels: usize,
): void {
  memory.fill(output, 0, outputHeight * outputWidth * outputChannels * FLOAT)
  for (let y: usize = 0; y < height; y++) {
    const from = input + y * width * channels * FLOAT
    const to = output + ((y + top) * outputWidth + left) * outputChannels * FLOAT
    if (channels === outputChannels) {
      memory.copy(to, from, width * channels * FLOAT)
      continue
    }
    for (let x: usize = 0; x < width; x++) {
      memory.copy(to + x * outputChannels * FLOAT, from + x * channels * FLOAT, channels * FLOAT)
    }
  }
}

/** Depthwise convolution of a padded input; `weights` are tap by tap, as the file has them. Four pixels at once share a weight. */
export function depthwise(
  input: usize,
  weights: usize,
  bias: usize,
  output: usize,
  inputWidth: usize,
  channels: usize,
  kernelHeight: usize,
  kernelWidth: usize,
  stride: usize,
  outputHeight: usize,
  outputWidth: usize,
  activation: i32,
): void {
  const pixel = channels * FLOAT
  const step = stride * pixel
  for (let y: usize = 0; y < outputHeight; y++) {
    const inputLine = input + y * stride * inputWidth * pixel
    const outputLine = output + y * outputWidth * pixel
    for (let c: usize = 0; c < pixel; c += VECTOR) {
      const start = v128.load(bias + c)
      let x: usize = 0
      for (; x + 4 <= outputWidth; x += 4) {
        let s0 = start
        let s1 = start
        let s2 = start
        let s3 = start
        let w = weights + c
        for (let ky: usize = 0; ky < kernelHeight; ky++) {
          let i = inputLine + ky * inputWidth * pixel + x * step + c
          for (let kx: usize = 0; kx < kernelWidth; kx++) {
            const weight = v128.load(w)
            s0 = f32x4.add(s0, f32x4.mul(v128.load(i), weight))
            s1 = f32x4.add(s1, f32x4.mul(v128.load(i + step), weight))
            s2 = f32x4.add(s2, f32x4.mul(v128.load(i + 2 * step), weight))
            s3 = f32x4.add(s3, f32x4.mul(v128.load(i + 3 * step), weight))
            w += pixel
            i += pixel
          }
        }
        const o = outputLine + x * pixel + c
        v128.store(o, activate(s0, activation))
        v128.store(o + pixel, activate(s1, activation))
        v128.store(o + 2 * pixel, activate(s2, activation))
        v128.store(o + 3 * pixel, activate(s3, activation))
      }
      for (; x < outputWidth; x++) {
        let s0 = start
        let w = weights + c
        for (let ky: usize = 0; ky < kernelHeight; ky++) {
          let i = inputLine + ky * inputWidth * pixel + x * step + c
          for (let kx: usize = 0; kx < kernelWidth; kx++) {
            s0 = f32x4.add(s0, f32x4.mul(v128.load(i), v128.load(w)))
            w += pixel
            i += pixel
          }
        }
        v128.store(outputLine + x * pixel + c, activate(s0, activation))
      }
    }
  }
}

/** Largest value (`average` 0) or mean (1) of every window; the input holds all windows whole. */
export function pool(
  input: usize,
  output: usize,
  inputWidth: usize,
  channels: usize,
  kernelHeight: usize,
  kernelWidth: usize,
  stride: usize,
  outputHeight: usize,
  outputWidth: usize,
  average: i32,
): void {
  const pixel = channels * FLOAT
  const count = f32x4.splat(<f32>(kernelHeight * kernelWidth))
  for (let y: usize = 0; y < outputHeight; y++) {
    for (let x: usize = 0; x < outputWidth; x++) {
      const corner = input + (y * stride * inputWidth + x * stride) * pixel
      const o = output + (y * outputWidth + x) * pixel
      for (let c: usize = 0; c < pixel; c += VECTOR) {
        let sum = average ? f32x4.splat(0) : v128.load(corner + c)
        for (let ky: usize = 0; ky < kernelHeight; ky++) {
          let i = corner + ky * inputWidth * pixel + c
          for (let kx: usize = 0; kx < kernelWidth; kx++) {
            const value = v128.load(i)
            sum = average ? f32x4.add(sum, value) : f32x4.max(sum, value)
            i += pixel
          }
        }
        v128.store(o + c, average ? f32x4.div(sum, count) : sum)
      }
    }
  }
}

function mix(from: v128, to: v128, share: v128): v128 {
  return f32x4.add(from, f32x4.mul(f32x4.sub(to, from), share))
}

/** Bilinear resize with half-pixel centres. */
export function resize(
  input: usize,
  output: usize,
  height: usize,
  width: usize,
  channels: usize,
  outputHeight: usize,
  outputWidth: usize,
): void {
  const pixel = channels * FLOAT
  const scaleY: f32 = <f32>height / <f32>outputHeight
  const scaleX: f32 = <f32>width / <f32>outputWidth
  for (let y: usize = 0; y < outputHeight; y++) {
    const atY: f32 = max<f32>((<f32>y + 0.5) * scaleY - 0.5, 0)
    const top = min<usize>(<usize>atY, height - 1)
    const bottom = min<usize>(top + 1, height - 1)
    const down = f32x4.splat(atY - <f32>top)
    for (let x: usize = 0; x < outputWidth; x++) {
      const atX: f32 = max<f32>((<f32>x + 0.5) * scaleX - 0.5, 0)
      const left = min<usize>(<usize>atX, width - 1)
      const right = min<usize>(left + 1, width - 1)
      const along = f32x4.splat(atX - <f32>left)
      const o = output + (y * outputWidth + x) * pixel
      for (let c: usize = 0; c < pixel; c += VECTOR) {
        const upper = mix(
          v128.load(input + (top * width + left) * pixel + c),
          v128.load(input + (top * width + right) * pixel + c),
          along,
        )
        const lower = mix(
          v128.load(input + (bottom * width + left) * pixel + c),
          v128.load(input + (bottom * width + right) * pixel + c),
          along,
        )
        v128.store(o + c, mix(upper, lower, down))
      }
    }
  }
}

/** Sum of two tensors; `bytes` is a multiple of 16 here and below. */
export function add(a: usize, b: usize, output: usize, bytes: usize, activation: i32): void {
  for (let i: usize = 0; i < bytes; i += VECTOR) {
    v128.store(output + i, activate(f32x4.add(v128.load(a + i), v128.load(b + i)), activation))
  }
}

/** Product of two tensors, of which the second is repeated after `period` bytes: a factor for every channel, or every value. */
export function scale(a: usize, b: usize, output: usize, bytes: usize, period: usize): void {
  for (let i: usize = 0; i < bytes; i += period) {
    for (let c: usize = 0; c < period; c += VECTOR) {
      v128.store(output + i + c, f32x4.mul(v128.load(a + i + c), v128.load(b + c)))
    }
  }
}

export function relu(input: usize, output: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += VECTOR) v128.store(output + i, activate(v128.load(input + i), 1))
}

export function hardSwish(input: usize, output: usize, bytes: usize): void {
  const sixth = f32x4.splat(1.0 / 6.0)
  for (let i: usize = 0; i < bytes; i += VECTOR) {
    const value = v128.load(input + i)
    const gate = activate(f32x4.add(value, f32x4.splat(3)), 3)
    v128.store(output + i, f32x4.mul(f32x4.mul(value, gate), sixth))
  }
}

/** 1 / (1 + e^-x). The exponential is our own, since engines' `Math.exp` may differ in the last bit. */
export function sigmoid(input: usize, output: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += FLOAT) {
    const x = max<f64>(min<f64>(<f64>load<f32>(input + i), 40), -40)
    store<f32>(output + i, <f32>(1.0 / (1.0 + exponential(-x))))
  }
}

/** e^x for |x| ≤ 40: a power of two times a Taylor series on ±ln 2 / 2. */
function exponential(x: f64): f64 {
  const power = nearest(x * Math.LOG2E)
  const rest = x - power * Math.LN2
  // Reciprocals, since divisions take several times as long: all cells of the mask come through here.
  let sum: f64 = 1 + rest * (1.0 / 11)
  sum = 1 + sum * rest * (1.0 / 10)
  sum = 1 + sum * rest * (1.0 / 9)
  sum = 1 + sum * rest * (1.0 / 8)
  sum = 1 + sum * rest * (1.0 / 7)
  sum = 1 + sum * rest * (1.0 / 6)
  sum = 1 + sum * rest * (1.0 / 5)
  sum = 1 + sum * rest * (1.0 / 4)
  sum = 1 + sum * rest * (1.0 / 3)
  sum = 1 + sum * rest * (1.0 / 2)
  sum = 1 + sum * rest
  return sum * reinterpret<f64>((<i64>power + 1023) << 52)
}

/** Transposed convolution whose windows touch without overlap: places the outputs of `multiply`, a square of single values for every pixel. */
export function spread(input: usize, output: usize, height: usize, width: usize, side: usize, channels: usize): void {
  const outputWidth = width * side
  for (let y: usize = 0; y < height; y++) {
    for (let x: usize = 0; x < width; x++) {
      const from = input + (y * width + x) * channels * FLOAT
      for (let ky: usize = 0; ky < side; ky++) {
        for (let kx: usize = 0; kx < side; kx++) {
          const to = output + ((y * side + ky) * outputWidth + x * side + kx) * FLOAT
          store<f32>(to, load<f32>(from + (ky * side + kx) * FLOAT))
        }
      }
    }
  }
}
