/**
 * The gate for pictures of strangers: they are decoded in a few child processes and nowhere else. What goes wrong there, even a crash, is the answer to one request.
 */
import type { Readable } from 'node:stream'
import type { OperationName, Operations } from './operations.ts'

/** A file that is not in memory; opened when its turn comes, and once more if the child was lost. */
export interface StoredInput {
  readonly bytes: number
  open(): Readable | Promise<Readable>
}

/** A file for the gate. */
export type DecoderInput = Uint8Array | StoredInput

/** What an operation gives. */
export interface Decoded<Name extends OperationName> {
  readonly facts: Operations[Name]['facts']
  /** The file that was made; empty where none is. */
  readonly bytes: Uint8Array
}

/** Decodes and draws pictures in child processes. */
export interface Decoder {
  /**
   * Does one operation.
   *
   * @param owner whom it is for: when many wait, every owner has a turn; absent: all such work is one owner's
   * @throws ProblemError undecodable-image for what is no picture, has too many pixels, or needs more memory or time than it may have; unavailable when there is no
   *   room, or the child was killed from outside
   */
  run<Name extends OperationName>(
    operation: Name,
    inputs: readonly DecoderInput[],
    params: Operations[Name]['params'],
    owner?: string,
  ): Promise<Decoded<Name>>
  /** Processes that are alive. */
  pids(): readonly number[]
  /** Ends all of them; what runs is cut off. */
  close(): Promise<void>
}
