/** The layers as WebAssembly functions over one memory. */
import { kernelBytes } from './kernel-bytes.ts'

/** What assembly/kernels.ts exports. */
export type KernelName =
  | 'multiply'
  | 'gather'
  | 'pad'
  | 'depthwise'
  | 'pool'
  | 'resize'
  | 'add'
  | 'scale'
  | 'relu'
  | 'hardSwish'
  | 'sigmoid'
  | 'spread'
  | 'cut'

/** The part of WebAssembly's interface that is used here; TypeScript knows it only together with the DOM. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>
  instantiate(module: object): Promise<{
    readonly exports: Readonly<Record<KernelName, (...numbers: number[]) => void>> & { readonly memory: Memory }
  }>
}

interface Memory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

/** The functions, and the memory that their addresses count in. */
export interface Kernels {
  /** Runs a kernel; see assembly/kernels.ts for its numbers. */
  readonly run: (name: KernelName, ...numbers: number[]) => void
  /** Reserves zeroed bytes for as long as the kernels live, and gives their address. Views taken before are empty afterwards. */
  readonly reserve: (bytes: number) => number
  /** A part of the memory as floats. */
  readonly floats: (address: number, length: number) => Float32Array
  /** A part of the memory as bytes. */
  readonly bytes: (address: number, length: number) => Uint8Array
}

let compiled: Promise<object> | undefined

/**
 * An instance with a memory of its own; compiled once per process.
 *
 * @throws Error where WebAssembly or its SIMD is missing, or forbidden by a content security policy without `wasm-unsafe-eval`
 */
export async function createKernels(): Promise<Kernels> {
  compiled ??= WebAssembly.compile(fromBase64(kernelBytes))
  const { exports } = await WebAssembly.instantiate(await compiled)
  const { memory } = exports
  let used = 0
  return {
    run: (name, ...numbers) => exports[name](...numbers),
    reserve(bytes) {
      const start = used
      used += Math.ceil(bytes / 16) * 16
      const missing = used - memory.buffer.byteLength
      // In steps of 2 MB: a model has hundreds of weights.
      if (missing > 0) memory.grow(Math.max(32, Math.ceil(missing / 65_536)))
      return start
    },
    floats: (address, length) => new Float32Array(memory.buffer, address, length),
    bytes: (address, length) => new Uint8Array(memory.buffer, address, length),
  }
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
