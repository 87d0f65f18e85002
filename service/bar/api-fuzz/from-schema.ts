/** Values that fit a JSON schema of the document, mostly: patterns are known for identifiers alone. */
import { z } from 'zod'
import type { OpenApiDocument } from '../../test/harness/document.ts'
import type { Random } from './random.ts'

type Schema = Readonly<Record<string, unknown>>

const list = z.array(z.record(z.string(), z.unknown()))
const table = z.record(z.string(), z.record(z.string(), z.unknown()))

/** Makes a generator for the schemas of a document. */
export function createGenerator({ components }: OpenApiDocument, random: Random): (schema: Schema) => unknown {
  const named = table.parse(components?.schemas ?? {})

  function generate(schema: Schema, depth = 0): unknown {
    if (typeof schema.$ref === 'string') return generate(named[schema.$ref.split('/').at(-1) ?? ''] ?? {}, depth)
    if ('const' in schema) return schema.const
    if (Array.isArray(schema.enum)) return random.pickSome(schema.enum)
    const choices = schema.anyOf ?? schema.oneOf
    if (choices !== undefined) return generate(random.pickSome(list.parse(choices)) ?? {}, depth)
    if (schema.allOf !== undefined) {
      return Object.assign({}, ...list.parse(schema.allOf).map((part) => generate(part, depth)))
    }
    const type = Array.isArray(schema.type) ? random.pickSome(schema.type) : schema.type
    if (type === 'string') return text(schema)
    if (type === 'integer' || type === 'number') return number(schema, type === 'integer')
    if (type === 'boolean') return random.chance(0.5)
    if (type === 'array') {
      const items = z.record(z.string(), z.unknown()).parse(schema.items ?? {})
      return Array.from({ length: depth > 4 ? 1 : 1 + random.below(3) }, () => generate(items, depth + 1))
    }
    if (type === 'object') return object(schema, depth)
    return null
  }

  function object(schema: Schema, depth: number): unknown {
    const required = z.array(z.string()).parse(schema.required ?? [])
    const wanted = Object.entries(table.parse(schema.properties ?? {})).filter(
      ([name]) => required.includes(name) || (depth < 5 && random.chance(0.4)),
    )
    const fields = wanted.map(([name, inner]) => [name, generate(inner, depth + 1)])
    const extra = z.record(z.string(), z.unknown()).safeParse(schema.additionalProperties)
    if (extra.success && random.chance(0.5))
      fields.push([random.pick(['wide', '16:9', 'x']), generate(extra.data, depth + 1)])
    return Object.fromEntries(fields)
  }

  function text({ pattern, minLength = 0, format }: Schema): string {
    const prefix = typeof pattern === 'string' ? /^\^([a-z]{3})_\[0-9a-f\]\{32\}\$$/.exec(pattern)?.[1] : undefined
    if (prefix !== undefined) {
      return `${prefix}_${Array.from({ length: 32 }, () => random.below(16).toString(16)).join('')}`
    }
    if (format === 'email') return `${random.below(1e9)}@example.org`
    if (format === 'uri') return 'https://example.org/'
    const word = random.pick([
      'lake',
      '16:9',
      '1:1',
      '100vw',
      '(min-width: 640px)',
      'wide',
      'A photo',
      'é😀',
      '/a',
      '0.5',
    ])
    return word.padEnd(Number(minLength), 'x')
  }

  function number({ minimum, maximum }: Schema, isWhole: boolean): number {
    const low = typeof minimum === 'number' ? minimum : 0
    const high = typeof maximum === 'number' ? maximum : low + 1000
    const value = random.chance(0.2) ? random.pick([low, high]) : low + random.next() * (high - low)
    return isWhole ? Math.round(value) : value
  }

  return generate
}
