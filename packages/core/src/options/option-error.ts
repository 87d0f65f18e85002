import type * as z from 'zod'
import { HeroError } from '../errors.ts'
import { heroOptionsSchema } from './schema.ts'
import { suggest } from './suggest.ts'

/** The first thing zod found wrong, in our words: the option by its path, and the nearest valid name. */
export function toOptionError(issue: z.core.$ZodIssue | undefined): HeroError {
  const path = issue?.path.join('.') ?? ''
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? ''
    return new HeroError('HERO_UNKNOWN_OPTION', `There is no option '${path === '' ? key : `${path}.${key}`}'.`, {
      hint: suggest(key, knownKeys(issue.path)),
    })
  }
  return new HeroError('HERO_INVALID_OPTION', `Option '${path}': ${issue?.message ?? 'invalid'}.`)
}

/** The valid names at one place of the options, read from the schema so that they cannot drift. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = heroOptionsSchema
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
