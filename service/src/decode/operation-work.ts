/** What the child does for each operation. */
import {
  checkResult,
  localExtend,
  pasteByMask,
  pasteByPlace,
  prepareMasked,
  prepareWhole,
} from '../generations/pictures/work.ts'
import { inspect } from './inspect.ts'
import type { DecoderLimits } from './messages.ts'
import { type OperationName, type Operations, operationRules } from './operations.ts'
import { reencode } from './reencode.ts'

/** Facts, and the file that was made if one was. */
export interface Result<Name extends OperationName> {
  readonly facts: Operations[Name]['facts']
  readonly bytes?: Uint8Array
}

/** Does an operation; as many files come in as its rules say. What it throws but `Refused` means that a file could not be decoded. */
export type Work<Name extends OperationName> = (
  files: readonly [Uint8Array, ...Uint8Array[]],
  params: Operations[Name]['params'],
  limits: DecoderLimits,
) => Promise<Result<Name>>

const works: { readonly [Name in OperationName]: Work<Name> } = {
  inspect,
  reencode,
  'local-extend': localExtend,
  'prepare-call': prepareWhole,
  'prepare-masked-call': prepareMasked,
  'paste-original': pasteByPlace,
  'paste-by-mask': pasteByMask,
  'check-result': checkResult,
}

/** Does an operation. */
export async function perform<Name extends OperationName>(
  operation: Name,
  files: readonly [Uint8Array, ...Uint8Array[]],
  params: unknown,
  limits: DecoderLimits,
): Promise<Result<Name>> {
  return works[operation](files, operationRules[operation].params.parse(params), limits)
}
