/** Types, checked by the compiler over a page as Astro's own tools see it: its markup as JSX. */
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { resolveOptions } from '@hero-image/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Project } from '../../unplugin/test/fixtures/project.ts'
import { testOptions } from '../../unplugin/test/fixtures/reference.ts'
import { toTypes } from '../src/types.ts'
import { createSite } from './fixtures/site.ts'

const run = promisify(execFile)
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')

let site: Project

beforeAll(async () => {
  site = await createSite({
    'tsconfig.json': JSON.stringify({
      extends: 'astro/tsconfigs/strictest',
      compilerOptions: {
        jsxImportSource: 'astro',
        customConditions: ['@hero-image/source'],
        types: ['node'],
        noEmit: true,
      },
      files: ['page.tsx', 'hero-env.d.ts'],
    }),
    'hero-env.d.ts': toTypes(resolveOptions(testOptions, '/')),
  })
})

afterAll(() => site?.remove(''))

/** What the compiler says about a page; empty when it compiles. */
async function complaints(code: string): Promise<string> {
  await site.write('page.tsx', code)
  const said: unknown = await run(process.execPath, [compiler, '-p', site.root]).then(
    () => '',
    (error: unknown) => (error instanceof Error && 'stdout' in error ? error.stdout : error),
  )
  return String(said)
}

const page = (markup: string): string => `import { HeroImage } from '@hero-image/astro/components'
import hero from './a.jpg?hero'
export default <main>${markup}{hero.preset}</main>
`

test('a page that uses everything compiles', async () => {
  const markup = `
<HeroImage src={hero} alt="a" />
<HeroImage src={import('./a.jpg?hero=card')} />
<HeroImage src={hero} alt="" priority loading="eager" sizes="50vw" placeholder={false} nonce="n" class="a" class:list={['b']}
  style={{ color: 'red' }} pictureAttributes={{ class: 'frame', 'data-x': 1 }} id="a" decoding="sync" fetchpriority="low"
  data-kind="hero" aria-hidden="true" transition:name="hero" slot="media" />
<HeroImage src={hero} alt={undefined} loading={undefined} />`
  expect(await complaints(page(markup))).toBe('')
})

test('what does not compile, line by line', async () => {
  const lines = [
    ['<HeroImage alt="a" />', "Property 'src' is missing"],
    ['<HeroImage src="./a.jpg?hero" alt="a" />', "Type 'string' is not assignable to type"],
    ['<HeroImage src={{ src: "", width: 1, height: 1, format: "jpg" }} alt="a" />', "'format' does not exist in type"],
    ['<HeroImage src={hero} alt="a" loading="soon" />', 'Type \'"soon"\' is not assignable to type'],
    ['<HeroImage src={hero} alt="a" width={100} />', "Property 'width' does not exist"],
    ['<HeroImage src={hero} alt="a" preset="card" />', "Property 'preset' does not exist"],
    ['{import("./a.jpg?hero=crad")}', "Cannot find module './a.jpg?hero=crad'"],
  ] as const
  const said = (await complaints(page(`\n${lines.map(([markup]) => markup).join('\n')}\n`))).split(/\n(?=\S)/)
  for (const [index, [markup, reason]] of lines.entries()) {
    expect(
      said.find((error) => error.includes(`page.tsx(${index + 4},`)),
      markup,
    ).toContain(reason)
  }
})

test('imports have exactly their preset and crops, and schemas give assets', async () => {
  const code = `import { heroSchema } from '@hero-image/astro/content'
import type { HeroAsset } from '@hero-image/astro'
import { z } from 'astro/zod'
import card from './a.jpg?hero=card'
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never
const schema = z.object({ cover: heroSchema({ preset: 'card' }).optional() })
const preset: Same<typeof card.preset, 'card'> = true
const crop: Same<keyof typeof card.crops, 'card'> = true
const cover: Same<z.output<typeof schema>['cover'], HeroAsset | undefined> = true
const written: Same<z.input<typeof schema>['cover'], string | undefined> = true
export { cover, crop, preset, written }
`
  expect(await complaints(code)).toBe('')
})
