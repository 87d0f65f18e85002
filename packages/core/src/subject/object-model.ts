/** The object network as its package ships it: one file with the names of what it knows, one a line, and behind them the network. */
import type { Kernels } from './network/kernels.ts'
import { readModel } from './network/model.ts'
import { createProgram, type Program } from './network/program.ts'

/** The network, and the names of its classes in their order. The first class is "nothing". */
export interface ObjectNetwork {
  readonly program: Program
  readonly names: readonly string[]
}

/** Bytes at the front in which the network must begin. */
const front = 4096

/**
 * Makes the network ready to run.
 *
 * @param file `objectron_solution_packed_assets.data` of `@mediapipe/objectron`
 * @throws Error when the file is another one
 */
export function createObjectNetwork(file: Uint8Array, kernels: Kernels): ObjectNetwork {
  const text = String.fromCharCode(...file.subarray(0, front))
  // A TensorFlow Lite file is known by four letters behind its first four bytes.
  const start = text.indexOf('TFL3') - 4
  if (start < 0) throw new Error('The file of the object model holds no network.')
  const names = text.slice(0, start).trim().split('\n')
  return { program: createProgram(readModel(file.subarray(start)), kernels), names }
}
