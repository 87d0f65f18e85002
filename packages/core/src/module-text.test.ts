import { describe, expect, test } from 'vitest'
import { planOf } from '../test/fixtures/plan.ts'
import { toAsset } from './asset.ts'
import { toModuleText } from './module-text.ts'
import type { HeroAsset, Plan } from './types.ts'

async function load(text: string): Promise<HeroAsset> {
  const module: { default: HeroAsset } = await import(`data:text/javascript,${encodeURIComponent(text)}`)
  return module.default
}

const literalOf = (plan: Plan): Promise<HeroAsset> =>
  load(toModuleText(plan, ({ name }) => JSON.stringify(`/assets/${name}`)))

describe('the module', () => {
  const plan = planOf({ sidecar: { alt: 'A wren' } })

  test('gives the asset', async () => {
    const asset = toAsset(plan, ({ name }) => `/assets/${name}`)
    const loaded = await literalOf(plan)
    expect(JSON.parse(JSON.stringify(loaded))).toEqual(asset)
    expect(Object.keys(loaded)).toEqual(Object.keys(asset))
  })

  test('used as a string it is the fallback URL, which does not show in its keys', async () => {
    const loaded = await literalOf(plan)
    expect(`${loaded}`).toBe(loaded.src)
    expect(Object.keys(loaded)).not.toContain('toString')
    expect({ ...loaded }).not.toHaveProperty('toString', loaded.toString)
  })

  test('is as plain as an object of another window, which is what React asks of props', async () => {
    const loaded = await literalOf(plan)
    expect(Object.getOwnPropertyNames(loaded)).toEqual(Object.keys(loaded))
    expect(Object.getOwnPropertySymbols(loaded)).toEqual([])
    const prototype: object = Object.getPrototypeOf(loaded)
    expect(Object.getPrototypeOf(prototype)).toBeNull()
    expect(Reflect.ownKeys(prototype).sort()).toEqual(Reflect.ownKeys(Object.prototype).sort())
    expect(Object.prototype.toString.call(loaded)).toBe('[object Object]')
    expect(structuredClone(loaded)).toEqual(loaded)
    expect(loaded.constructor).toBe(Object)
  })

  test('URLs may be any expression, and are evaluated once each', async () => {
    const text = toModuleText(plan, ({ name }) => `count(${JSON.stringify(name)})`, [
      'let calls = 0;',
      'const count = (name) => (calls += 1, new URL(name, "https://cdn.example/a/").href);',
    ])
    const loaded = await load(`${text}\nif (calls !== ${plan.variants.length}) throw new Error(String(calls));`)
    expect(loaded).toEqual(toAsset(plan, ({ name }) => `https://cdn.example/a/${name}`))
  })

  test('can be left out when nobody uses it', () => {
    expect(toModuleText(plan, () => '""')).toContain('/*#__PURE__*/')
  })
})

test.each([
  ['quotes', `He said "it's" \`here\``],
  ['a backslash', 'C:\\u0001 and \\ and \\n'],
  ['line ends', 'one\ntwo\r\nthree\u2028four\u2029'],
  ['code', `\${alert(1)}</script><!-- "+alert(1)+" -->`],
  ['what looks like a variable', 'u0 + u1'],
  ['every plane of Unicode', '\u00e9 \ud83d\ude00 \u5bcc'],
])('an alt text with %s comes through', async (_what, alt) => {
  expect((await literalOf(planOf({ sidecar: { alt } }))).alt).toBe(alt)
})

test('control characters in an alt text are no way into the code', async () => {
  const alt = 'a\u00010\u0001b\u0001; throw new Error("in"); //\u0001c'
  expect((await literalOf(planOf({ sidecar: { alt } }))).alt).toBe('a0b; throw new Error("in"); //c')
})
