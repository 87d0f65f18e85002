/** Types of imports, checked by the compiler itself over a project as a user would write it. */
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { resolveOptions } from '@hero-image/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toDeclarations } from '../../unplugin/src/declarations.ts'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { testOptions } from '../../unplugin/test/fixtures/reference.ts'

const run = promisify(execFile)
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
const core = join(import.meta.dirname, '../../core')

let project: Project

/** Says at compile time that two types are the same. */
const same = 'type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never\n'

beforeAll(async () => {
  project = await createProject({
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'es2022',
        module: 'esnext',
        moduleResolution: 'bundler',
        customConditions: ['@hero-image/source'],
        paths: { '@hero-image/core': [join(core, 'src/types.ts')] },
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        allowImportingTsExtensions: true,
        types: [],
      },
      files: ['check.ts', join(core, 'client.d.ts')],
    }),
    'hero-env.d.ts': toDeclarations(resolveOptions(testOptions, '/')),
  })
})

afterAll(() => project.remove(''))

/** What the compiler says about a file; empty when it compiles. */
async function complaints(code: string, { generated = true } = {}): Promise<string> {
  const reference = generated ? '/// <reference path="./hero-env.d.ts" />\n' : ''
  await project.write('check.ts', `${reference}${same}${code}\n`)
  const said: unknown = await run(process.execPath, [compiler, '-p', project.root]).then(
    () => '',
    (error: unknown) => (error instanceof Error && 'stdout' in error ? error.stdout : error),
  )
  return String(said)
}

describe('with hero-env.d.ts', () => {
  test.each([
    ['?hero', 'hero', "'tall' | 'wide'"],
    ['?hero=hero', 'hero', "'tall' | 'wide'"],
    ['?hero=card', 'card', "'card'"],
    ['?focus=.3,.6&hero=card', 'card', "'card'"],
    ['?focus=.3,.6&hero', 'hero', "'tall' | 'wide'"],
    ['?hero=social', 'social', "'social'"],
  ])('%s has exactly the preset and the crops', async (query, preset, crops) => {
    const code = `import hero from './photo.jpg${query}'
const preset: Same<typeof hero.preset, '${preset}'> = true
const crop: Same<keyof typeof hero.crops, ${crops}> = true
const shown: string = hero.src + hero.sources[0]?.crop + preset + crop
export default shown`
    expect(await complaints(code)).toBe('')
  })

  test.each([['?hero=crad'], ['?hreo'], ['?focus=.3,.6&hero=crad']])('%s does not compile', async (query) => {
    expect(await complaints(`import hero from './photo.jpg${query}'\nexport default hero`)).toMatch(
      /check\.ts\(\d+,\d+\): error TS2307: Cannot find module '\.\/photo\.jpg/,
    )
  })

  test('a crop that the preset does not have does not compile', async () => {
    const code = "import hero from './photo.jpg?hero=card'\nexport default hero.crops.wide"
    expect(await complaints(code)).toContain("Property 'wide' does not exist")
  })

  test('assets are read-only', async () => {
    const code = "import hero from './photo.jpg?hero'\nhero.src = ''\nexport {}"
    expect(await complaints(code)).toContain('read-only property')
  })
})

describe('before the first build', () => {
  test('?hero is an asset of some preset', async () => {
    const code =
      "import hero from './photo.jpg?hero'\nconst src: string = hero.src\nconst preset: string = hero.preset\nexport { src, preset }"
    expect(await complaints(code, { generated: false })).toBe('')
  })
})
