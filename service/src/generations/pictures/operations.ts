/** The entries of generations in the table of decoders: what goes in and what comes out. */
import { z } from 'zod'
import type { OperationRules } from '../../decode/operations.ts'
import { type Plan, planSchema } from '../plan.ts'
import type { CallOptions } from './prepare-call.ts'

/** Params and facts of each. */
export interface GenerationOperations {
  readonly 'local-extend': { readonly params: { readonly plan: Plan }; readonly facts: Record<string, never> }
  readonly 'prepare-call': { readonly params: CallOptions; readonly facts: { readonly pictureBytes: number } }
  readonly 'prepare-masked-call': { readonly params: CallOptions; readonly facts: { readonly pictureBytes: number } }
  readonly 'paste-original': { readonly params: { readonly plan: Plan }; readonly facts: Record<string, never> }
  readonly 'paste-by-mask': { readonly params: { readonly plan: Plan }; readonly facts: Record<string, never> }
  readonly 'check-result': { readonly params: { readonly plan: Plan }; readonly facts: Record<string, never> }
}

const planned = z.strictObject({ plan: planSchema })
const call = z.strictObject({
  plan: planSchema,
  mask: z.enum(['none', 'white', 'transparent']),
  gives: z.enum(['canvas', 'photo']),
})
const prepared = z.strictObject({ pictureBytes: z.number().int().min(1) })
const nothing = z.strictObject({})

/** Large canvases take their time. */
const seconds = 60

export const generationRules: {
  readonly [Name in keyof GenerationOperations]: OperationRules<
    GenerationOperations[Name]['params'],
    GenerationOperations[Name]['facts']
  >
} = {
  'local-extend': { params: planned, facts: nothing, inputs: 1, seconds },
  'prepare-call': { params: call, facts: prepared, inputs: 1, seconds },
  'prepare-masked-call': { params: call, facts: prepared, inputs: 2, seconds },
  'paste-original': { params: planned, facts: nothing, inputs: 2, seconds },
  'paste-by-mask': { params: planned, facts: nothing, inputs: 3, seconds },
  'check-result': { params: planned, facts: nothing, inputs: 1, seconds },
}
