import type * as z from 'zod/mini'
import { HeroError } from '../errors.ts'
import { heroOptionsSchema } from './schema.ts'
import { suggest } from './suggest.ts'

/** One of the things zod found wrong, in our words: the option by its path, and the nearest valid name. */
export function toOptionError(issues: readonly z.core.$ZodIssue[]): HeroError {
  // A misspelt name comes first: what it was meant to be is then missing, which is only what follows from it.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  const path = issue?.path.join('.') ?? ''
  const hint = nearestKey(heroOptionsSchema, issue)
  if (issue?.code === 'unrecognized_keys' && hint !== undefined) {
    const key = issue.keys[0] ?? ''
    return new HeroError('HERO_UNKNOWN_OPTION', `There is no option '${path === '' ? key : `${path}.${key}`}'.`, {
      hint,
    })
  }
  return new HeroError('HERO_INVALID_OPTION', `Option '${path}': ${toReason(issue)}.`)
}

/** What zod says is wrong; of a key, what is wrong with it. */
export function toReason(issue: z.core.$ZodIssue | undefined): string {
  const inner = issue?.code === 'invalid_key' ? issue.issues[0] : undefined
  return inner?.message ?? issue?.message ?? 'invalid'
}

/** A sentence that names the valid name nearest to an unknown one; `undefined` when something else is wrong. */
export function nearestKey(schema: z.ZodMiniType, issue: z.core.$ZodIssue | undefined): string | undefined {
  return issue?.code === 'unrecognized_keys' ? suggest(issue.keys[0] ?? '', knownKeys(schema, issue.path)) : undefined
}

/** The valid names at one place, read from the schema so that they cannot drift. */
function knownKeys(whole: z.ZodMiniType, path: readonly PropertyKey[]): string[] {
  let schema: unknown = whole
  for (const step of path) schema = child(schema, step)
  const object = unwrap(schema)
  return isObjectSchema(object) ? Object.keys(object.def.shape) : []
}

function child(schema: unknown, step: PropertyKey): unknown {
  const inner = unwrap(schema)
  if (isObjectSchema(inner)) return inner.def.shape[String(step)]
  return isRecordSchema(inner) ? inner.def.valueType : undefined
}

function unwrap(schema: unknown): unknown {
  const def = defOf(schema)
  return def !== undefined && 'innerType' in def ? unwrap(def.innerType) : schema
}

function isObjectSchema(schema: unknown): schema is { def: { shape: Record<string, unknown> } } {
  const def = defOf(schema)
  return def !== undefined && 'shape' in def
}

function isRecordSchema(schema: unknown): schema is { def: { valueType: unknown } } {
  const def = defOf(schema)
  return def !== undefined && 'valueType' in def
}

function defOf(schema: unknown): object | undefined {
  if (typeof schema !== 'object' || schema === null || !('def' in schema)) return undefined
  return typeof schema.def === 'object' && schema.def !== null ? schema.def : undefined
}
