/** What nobody has in mind when writing a route. */
import type { Random } from './random.ts'

/** Texts with a history. */
export const wildTexts: readonly [string, ...string[]] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\ufeff',
  '\u202e',
  'e\u0301'.repeat(50),
  '😀'.repeat(300),
  'x'.repeat(5000),
  '../../etc/passwd',
  "'; drop table project; --",
  '%00',
  '%',
  '%ff%fe',
  '$\u007bjndi:ldap://x}',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '1e999',
  '-0',
  'NaN',
  'null',
  'true',
  '[]',
  '\r\nX-Injected: 1',
  'prj_00000000000000000000000000000000',
  'prj_ffffffffffffffffffffffffffffffff',
  'constructor',
  '__proto__',
  'toString',
  '9'.repeat(400),
  '(((('.repeat(200),
  '(min-width: 1px) and '.repeat(100),
  'calc('.repeat(200),
]

const wildNumbers: readonly [number, ...number[]] = [
  0,
  -0,
  -1,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  0.1,
  1e21,
  999_999_999_999,
]

/** Any value of JSON. */
export function wildValue(random: Random, depth = 0): unknown {
  const kind = random.below(depth > 3 ? 5 : 8)
  if (kind === 0) return null
  if (kind === 1) return random.chance(0.5)
  if (kind === 2) return random.pick(wildNumbers)
  if (kind <= 4) return random.pick(wildTexts)
  if (kind === 5) return Array.from({ length: random.below(4) }, () => wildValue(random, depth + 1))
  if (kind === 6) return Array.from({ length: 2000 }, () => 1)
  return Object.fromEntries(
    Array.from({ length: random.below(4) }, () => [random.pick(wildTexts), wildValue(random, depth + 1)]),
  )
}

/** The same value with one place in it changed. */
export function mutate(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.15)) return wildValue(random)
  if (Array.isArray(value)) {
    const index = random.below(value.length + 1)
    return [...value.slice(0, index), mutate(value[index], random), ...value.slice(index + 1)]
  }
  const entries = Object.entries(value)
  const at = random.below(entries.length)
  const what = random.below(4)
  if (what === 0) return Object.fromEntries(entries.filter((_, index) => index !== at))
  if (what === 1) return Object.fromEntries([...entries, [random.pick(wildTexts), wildValue(random)]])
  return Object.fromEntries(entries.map(([name, inner], index) => [name, index === at ? mutate(inner, random) : inner]))
}

/** A text that is nearly JSON. */
export function breakJson(json: string, random: Random): string | Uint8Array<ArrayBuffer> {
  const at = random.below(json.length + 1)
  return random.pick<() => string | Uint8Array<ArrayBuffer>>([
    () => json.slice(0, at),
    () => `${json.slice(0, at)}${random.pick([',', '}', '"', '\\', '\u0000', '\u2028'])}${json.slice(at)}`,
    () => `${json}${json}`,
    () => '['.repeat(50_000),
    () => `${'[{"a":'.repeat(20_000)}1${'}]'.repeat(20_000)}`,
    () => Uint8Array.from({ length: 64 }, () => random.below(256)),
    () => `{"__proto__":{"x":1},${json.slice(1)}`,
    () => '',
  ])()
}
