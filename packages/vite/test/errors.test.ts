/** What goes wrong in a build is told once, with code, file and what to do; nothing is shipped in silence. */
import { appendFile } from 'node:fs/promises'
import type { InlineConfig, Plugin } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { buildProject, type Said } from './fixtures/build-project.ts'

let project: Project

beforeAll(async () => {
  project = await createProject({
    'package.json': '{"type":"module","name":"fixture"}',
    'a.jpg': await drawPhoto(0),
    'text.jpg': '<!doctype html><p>not found',
    'empty.jpg': '',
    'cut.jpg': (await drawPhoto(0)).subarray(0, 900),
    'bad-sidecar.jpg': await drawPhoto(1),
    'bad-sidecar.jpg.hero.json': '{ "focs": { "x": 1, "y": 1 } }',
    'partial.css': '.z { color: red }\n.a {\n  background: url(./a.jpg?hero);\n}\n',
    'imports.css': '@import "./partial.css";\n.b { color: red }\n',
    'deep.css': "@import url('imports.css');\n",
    'alias.css': "@import '@look/partial.css';\n",
    'missing.css': '.b { color: red }\n.c { background: url(./none.jpg?hero) }\n',
    'set.css': '.b { background: image-set("./a.jpg?hero" 1x) }\n',
    'key.css': '.b { background: url("./a.jpg?hero&fokus=.5,.5") }\n',
  })
})

afterAll(() => project.remove(''))

const input = (entry: string): InlineConfig => ({
  resolve: { alias: { '@look': project.root } },
  build: {
    target: 'esnext',
    // The photos here are so small that Vite would inline the originals.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: project.at(entry),
      output: { entryFileNames: '[name].js', assetFileNames: 'assets/[name][extname]' },
    },
  },
})

async function failureOf(entry: string, content: string): Promise<string> {
  await project.write(entry, content)
  const failure: unknown = await buildProject(project, 'failed', input(entry)).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(failure, 'the build rejects').toBeInstanceOf(Error)
  return failure instanceof Error ? failure.message : ''
}

const times = (text: string, part: string): number => text.split(part).length - 1

describe('errors', () => {
  test.each([
    ['an unknown preset', "import a from './a.jpg?hero=hreo'", 'HERO_UNKNOWN_PRESET', 'a.jpg', "'hero'"],
    ['an unknown key', "import a from './a.jpg?hero&fokus=.5,.5'", 'HERO_UNKNOWN_QUERY', 'a.jpg', "'focus'"],
    ['a wrong value', "import a from './a.jpg?focus=2,2&hero'", 'HERO_INVALID_QUERY', 'a.jpg', 'focus=.3,.6'],
    ['a missing photo', "import a from './none.jpg?hero'", 'HERO_SOURCE_MISSING', 'none.jpg', 'case-sensitive'],
    ['a text named .jpg', "import a from './text.jpg?hero'", 'HERO_NOT_AN_IMAGE', 'text.jpg', 'fetch the photo again'],
    ['an empty photo', "import a from './empty.jpg?hero'", 'HERO_SOURCE_EMPTY', 'empty.jpg', 'restore it'],
    ['a truncated photo', "import a from './cut.jpg?hero'", 'HERO_SOURCE_TRUNCATED', 'cut.jpg', 'allowTruncated'],
    [
      'a wrong sidecar',
      "import a from './bad-sidecar.jpg?hero'",
      'HERO_INVALID_SIDECAR',
      'bad-sidecar.jpg.hero.json',
      "'focus'",
    ],
    [
      'new URL()',
      "const a = 1\nconsole.log(new URL('./a.jpg?hero', import.meta.url))",
      'HERO_UNSUPPORTED_REFERENCE',
      'main.js:2',
      'hero.src',
    ],
    ['a partial of a sheet', "import './imports.css'", 'HERO_UNSUPPORTED_REFERENCE', 'partial.css:3', 'from a script'],
    ['a partial of a partial', "import './deep.css'", 'HERO_UNSUPPORTED_REFERENCE', 'partial.css:3', 'from a script'],
    ['a partial behind an alias', "import './alias.css'", 'HERO_UNSUPPORTED_REFERENCE', 'main.css', 'from a script'],
    ['a missing photo in CSS', "import './missing.css'", 'HERO_SOURCE_MISSING', 'missing.css:2', 'case-sensitive'],
    ['a bare string in image-set()', "import './set.css'", 'HERO_UNSUPPORTED_REFERENCE', 'set.css:1', 'url() alone'],
    ['an unknown key in CSS', "import './key.css'", 'HERO_UNKNOWN_QUERY', 'a.jpg', "'focus'"],
  ])('%s', async (_, code, errorCode, place, hint) => {
    const message = await failureOf('main.js', `${code}\nglobalThis.shown = typeof a\n`)
    expect(message).toContain(place)
    expect(message).toContain(hint)
    expect(times(message, `[${errorCode}]`), message).toBe(1)
  })

  test.each([
    ['srcset', '<img srcset="a.jpg?hero 1x" alt="">', 'HERO_UNSUPPORTED_REFERENCE', 'page.html:4', '<img src='],
    [
      'a source element',
      '<picture><source srcset="./a.jpg?hero"></picture>',
      'HERO_UNSUPPORTED_REFERENCE',
      'page.html:4',
      '<img src=',
    ],
    ['a poster', '<video poster="a.jpg?hero"></video>', 'HERO_UNSUPPORTED_REFERENCE', 'page.html:4', '<img src='],
    [
      'a link preview',
      '<meta property="og:image" content="a.jpg?hero=social">',
      'HERO_UNSUPPORTED_REFERENCE',
      'page.html:4',
      '',
    ],
    ['an svg image', '<svg><image href="a.jpg?hero"/></svg>', 'HERO_UNSUPPORTED_REFERENCE', 'page.html:4', '<img src='],
    [
      'an xlink',
      '<svg><image xlink:href="a.jpg?hero"/></svg>',
      'HERO_UNSUPPORTED_REFERENCE',
      'page.html:4',
      '<img src=',
    ],
    ['a missing photo', '<img src="none.jpg?hero" alt="">', 'HERO_SOURCE_MISSING', 'page.html:4', 'case-sensitive'],
    ['no alt text', '<img src="a.jpg?hero">', 'HERO_INVALID_OPTION', 'page.html:4', 'alt'],
    ['a broken percent sign', '<img src="a%zz.jpg?hero" alt="">', 'HERO_SOURCE_MISSING', 'page.html:4', ''],
    ['an unknown preset', '<img src="a.jpg?hero=hreo" alt="">', 'HERO_UNKNOWN_PRESET', 'a.jpg', "'hero'"],
    [
      'srcset beside a hero',
      '<img src="a.jpg?hero" srcset="a.jpg?hero=card 1x" alt="">',
      'HERO_UNSUPPORTED_REFERENCE',
      'page.html:4',
      '<img src=',
    ],
  ])('in HTML: %s', async (_, tag, errorCode, place, hint) => {
    const message = await failureOf('page.html', `<!doctype html>\n<html lang="en">\n<body>\n${tag}\n</body></html>\n`)
    expect(message).toContain(place)
    expect(message).toContain(hint)
    expect(times(message, `[${errorCode}]`), message).toBe(1)
  })

  test('a read-only cache names what is missing', async () => {
    await project.write('main.js', "import a from './a.jpg?hero'\nglobalThis.shown = a\n")
    const build = buildProject(project, 'failed', input('main.js'), {
      options: { cache: { dir: project.at('empty-cache'), mode: 'read-only' } },
    })
    await expect(build).rejects.toThrow(
      /\[HERO_CACHE_MISS\] .*a\.jpg: a-\d+x\d+\.\w+\.\w+ is not in the cache folder .*empty-cache/s,
    )
  })
})

describe('other plugins', () => {
  const warnings = async (plugin: Plugin): Promise<string[]> => {
    const said: Said[] = []
    await project.write('main.js', "import a from './a.jpg?hero'\nglobalThis.shown = a\n")
    await buildProject(project, 'optimised', { ...input('main.js'), plugins: [plugin] }, { said })
    return said.filter(({ level }) => level === 'warn').map(({ text }) => text)
  }

  test('one that changes our files in generateBundle is named as a problem', async () => {
    const [warning, ...more] = await warnings({
      name: 'optimiser',
      generateBundle(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'asset' && file.fileName.endsWith('.webp')) file.source = Buffer.alloc(10)
        }
      },
    })
    expect(warning).toMatch(/another plugin changed 3 of our files \(such as assets\/a-\d+x\d+\.\w+\.webp\)/)
    expect(more).toEqual([])
  })

  test('one that changes our files on disk, too', async () => {
    const [warning] = await warnings({
      name: 'optimiser',
      async writeBundle({ dir }, bundle) {
        for (const name of Object.keys(bundle)) if (name.endsWith('.jpg')) await appendFile(`${dir}/${name}`, 'x')
      },
    })
    expect(warning).toMatch(/another plugin changed 3 of our files/)
  })

  test('one that leaves them alone is not', async () => {
    expect(await warnings({ name: 'polite' })).toEqual([])
  })
})
