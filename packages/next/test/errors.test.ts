/** What goes wrong in a build is told once, with code, file and what to do, and the build fails. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import type { Project } from '../../unplugin/test/fixtures/project.ts'
import { configText, createNextProject, type Ran, runBuild } from './fixtures/next-project.ts'

/** A page for each mistake, so that one build tells of all. Next with webpack prints five errors and no more. */
const mistakes = {
  preset: [
    "import hero from '../../a.jpg?hero=crad'",
    /\[HERO_UNKNOWN_PRESET\] \S+a\.jpg: There is no preset 'crad'\. Did you mean 'card'\?/,
  ],
  query: [
    "import hero from '../../a.jpg?widht=3&hero'",
    /\[HERO_UNKNOWN_QUERY\] \S+a\.jpg: .*'widht'\. Did you mean 'widths'\?/,
  ],
  broken: ["import hero from '../../cut.jpg?hero'", /\[HERO_SOURCE_TRUNCATED\] \S+cut\.jpg: The file ends too early/],
  text: ["import hero from '../../notes.txt?hero'", /\[HERO_NOT_AN_IMAGE\] \S+notes\.txt: /],
  url: [
    "const hero = { src: new URL('../../a.jpg?hero', import.meta.url).href }",
    /\[HERO_UNSUPPORTED_REFERENCE\] \S+: new URL\('.*\?hero', import\.meta\.url\)/,
  ],
} as const

const sheets = {
  missing: ["import './missing.css'", /\[HERO_SOURCE_MISSING\] \S+missing\.css:2: There is no photo none\.jpg/],
  sass: [
    "import './look.scss'",
    /\[HERO_UNSUPPORTED_REFERENCE\] \S+_part\.scss:1: url\(\.\/a\.jpg\?hero\) cannot stand in Sass/,
  ],
} as const

function toPages(cases: Readonly<Record<string, readonly [string, RegExp]>>): Record<string, string> {
  const pages = Object.entries(cases).map(([name, [line]]) => [
    `app/${name}/page.jsx`,
    `${line}\nexport default function Page() { return ${line.includes('hero ') ? '<p>{hero.src}</p>' : '<p />'} }\n`,
  ])
  return Object.fromEntries(pages)
}

describe.each(['turbopack', 'webpack'] as const)('%s', (bundler) => {
  let inScripts: Ran
  let inSheets: Ran
  const projects: Project[] = []

  async function attempt(files: Readonly<Record<string, string | Uint8Array>>): Promise<Ran> {
    const project = await createNextProject({ 'a.jpg': await drawPhoto(), ...files })
    projects.push(project)
    return runBuild(project, bundler)
  }

  beforeAll(async () => {
    inScripts = await attempt({
      'cut.jpg': (await drawPhoto(1)).subarray(0, 900),
      'notes.txt': 'Nothing to see here.',
      ...toPages(mistakes),
    })
    inSheets = await attempt({
      'app/missing/missing.css': '.a { color: red }\n.b { background: url(none.jpg?hero) }\n',
      'app/sass/look.scss': "@use './part';\n",
      'app/sass/_part.scss': '.a { background: url(./a.jpg?hero) }\n',
      ...toPages(sheets),
    })
  }, 300_000)
  afterAll(async () => {
    for (const project of projects) await project.remove('')
  })

  const times = (said: string, message: RegExp): number => said.match(new RegExp(message, 'g'))?.length ?? 0

  test('the build fails', () => {
    expect([inScripts.status, inSheets.status]).toEqual([1, 1])
  })

  test.each(Object.entries(mistakes))('%s', (_name, [, message]) => {
    expect(times(inScripts.said, message), inScripts.said).toBe(1)
  })

  test.each(Object.entries(sheets))('%s', (_name, [, message]) => {
    expect(times(inSheets.said, message), inSheets.said).toBe(1)
  })
})

test('a wrong option is told when the config is read', async () => {
  const project = await createNextProject({
    'next.config.mjs': configText('{}', { qualty: 50 }),
    'app/page.jsx': 'export default () => <p />',
  })
  const { status, said } = await runBuild(project, 'turbopack')
  await project.remove('')
  expect(status).toBe(1)
  expect(said).toMatch(/\[HERO_UNKNOWN_OPTION\] .*qualty.* Did you mean 'quality'\?/)
})
