/** Heroes in style sheets and in HTML: backgrounds per crop, whole pictures, preload links. */
import type { InlineConfig } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectContract } from '../../unplugin/test/fixtures/contract.ts'
import { drawPhoto } from '../../unplugin/test/fixtures/photos.ts'
import { createProject, type Project } from '../../unplugin/test/fixtures/project.ts'
import { createReference, type Reference, type ReferenceFile } from '../../unplugin/test/fixtures/reference.ts'
import { buildProject } from './fixtures/build-project.ts'

let project: Project
let reference: Reference

const page = (body: string, head = ''): string =>
  `<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">${head}</head>\n<body>\n${body}\n</body>\n</html>\n`

beforeAll(async () => {
  project = await createProject({
    'package.json': '{"type":"module","name":"fixture"}',
    'photos/a.jpg': await drawPhoto(0),
    'photos/b.jpg': await drawPhoto(90),
    'css/plain.css': '.a {\n  color: red;\n  background: url(../photos/a.jpg?hero) center / cover no-repeat;\n}\n',
    'css/two.css': '.a { background: url(\'../photos/a.jpg?hero=card\'), url("../photos/b.jpg?hero=card") }\n',
    'css/named.module.css': '.a { background-image: url(../photos/a.jpg?hero=card) }\n',
    'css/comment.css': '/* url(../photos/none.jpg?hero) */ .a { color: red }\n',
    'css/root.css': '.a { background: url(/photos/a.jpg?hero=card) }\n',
    'css/media.css': '@media print { .a { background: url(../photos/a.jpg?hero) } }\n',
    'css/nested.css': '.out { & .a { background: url(../photos/a.jpg?hero) } }\n',
    'css/frames.css': '@keyframes k { from { background-image: url(../photos/a.jpg?hero=card) } }\n',
    'css/important.css': '.a { background: url(../photos/a.jpg?hero=card) !important }\n',
    'plain.js': "import './css/plain.css'\n",
    'named.js': "import styles from './css/named.module.css'\nglobalThis.shown = styles.a\n",
    'inline.js': "import css from './css/plain.css?inline'\nglobalThis.shown = css\n",
    'unused.js': "import styles from './css/named.module.css'\nimport css from './css/plain.css?inline'\n",
    'style.js': "import './css/plain.css'\nimport './css/two.css'\n",
  })
  reference = createReference(project.root)
})

afterAll(async () => {
  await reference.close()
  await project.remove('')
})

const input = (entry: string): InlineConfig => ({
  build: {
    target: 'esnext',
    cssMinify: false,
    rolldownOptions: {
      input: project.at(entry),
      output: { entryFileNames: '[name].js', assetFileNames: 'assets/[name][extname]' },
    },
  },
})

/** CSS shows only what a screen can ask for: of the engine's files, those that the text names. */
async function namedFiles(
  text: string,
  ...wishes: readonly (readonly [string, string])[]
): Promise<Map<string, ReferenceFile>> {
  const files = await reference.filesOf(...wishes.map(([photo, query]) => ({ file: project.at(photo), query })))
  return new Map([...files].filter(([name]) => text.includes(name)))
}

async function buildCss(
  entry: string,
  folder: string,
  config: InlineConfig = {},
): Promise<{ output: Map<string, Buffer>; css: string }> {
  const output = await buildProject(project, folder, { ...input(entry), ...config })
  const sheet = [...output.keys()].find((path) => path.endsWith('.css'))
  return { output, css: output.get(sheet ?? '')?.toString() ?? '' }
}

describe('style sheets', () => {
  test.each(['/', '/sub/', './', 'https://cdn.example/x/'])(
    'a background changes with the viewport; base %s',
    async (base) => {
      const { output, css } = await buildCss('plain.js', `css${base.replace(/\W+/g, '-')}`, { base })
      await expectContract(output, await namedFiles(css, ['photos/a.jpg', 'hero']))
      expect(css).toMatch(/background: var\(--hero-\w+\) (?:center|50%) ?\/ ?cover no-repeat/)
      const wide = css.slice(css.indexOf('(min-width: 640px)'))
      expect(wide).toMatch(/a-80x40\.\w+\.avif/)
      expect(css.slice(0, css.indexOf('(min-width: 640px)'))).toMatch(/a-40x50\.\w+\.avif/)
      const start = base === './' ? './' : `${base}assets/`
      for (const [, url = ''] of css.matchAll(/url\("?([^")]+)"?\)/g)) expect(url.startsWith(start), url).toBe(true)
    },
  )

  test('two pictures in one declaration', async () => {
    await project.write('two.js', "import './css/two.css'\n")
    const { output, css } = await buildCss('two.js', 'css-two')
    await expectContract(output, await namedFiles(css, ['photos/a.jpg', 'hero=card'], ['photos/b.jpg', 'hero=card']))
    expect(css).toMatch(/background: var\(--hero-\w+\), ?var\(--hero-\w+\)/)
  })

  test('CSS modules', async () => {
    const { output, css } = await buildCss('named.js', 'css-modules')
    await expectContract(output, await namedFiles(css, ['photos/a.jpg', 'hero=card']))
    expect(css).toContain('@supports')
  })

  test('?inline puts the sheet into a script', async () => {
    const { output } = await buildCss('inline.js', 'css-inline')
    const code = output.get('inline.js')?.toString() ?? ''
    await expectContract(output, await namedFiles(code, ['photos/a.jpg', 'hero']))
    expect(code).toContain('/assets/a-80x40')
  })

  test('cssCodeSplit: false', async () => {
    const { output, css } = await buildCss('style.js', 'css-whole', {
      build: { ...input('style.js').build, cssCodeSplit: false },
    })
    await expectContract(
      output,
      await namedFiles(css, ['photos/a.jpg', 'hero'], ['photos/a.jpg', 'hero=card'], ['photos/b.jpg', 'hero=card']),
    )
  })

  test('an unused CSS module and an unused ?inline sheet ship nothing', async () => {
    const { output } = await buildCss('unused.js', 'css-unused')
    await expectContract(output, new Map())
  })

  test.each([
    ['a comment mentions a hero', 'comment.css', 0],
    ['a path from the project root', 'root.css', 1],
    ['inside @media', 'media.css', 1],
    ['inside a nested rule', 'nested.css', 1],
    ['inside @keyframes', 'frames.css', 1],
    ['marked as important', 'important.css', 1],
  ])('%s', async (_, sheet, pictures) => {
    const entry = `only-${sheet}.js`
    await project.write(entry, `import './css/${sheet}'\n`)
    const { output, css } = await buildCss(entry, `only-${sheet}`)
    const files = await namedFiles(css, ['photos/a.jpg', 'hero'], ['photos/a.jpg', 'hero=card'])
    await expectContract(output, files)
    expect(files.size > 0).toBe(pictures > 0)
  })

  test('a sheet that a server build imports names the same files and ships none', async () => {
    const { output } = await buildCss('named.js', 'css-server', { build: { ...input('named.js').build, ssr: true } })
    expect([...output.keys()]).toEqual(['named.js'])
  })
})

describe('HTML', () => {
  const buildPage = async (
    html: string,
    folder: string,
    config: InlineConfig = {},
  ): Promise<{ output: Map<string, Buffer>; html: string }> => {
    await project.write(`${folder}.html`, html)
    const output = await buildProject(project, folder, { ...input(`${folder}.html`), ...config })
    return { output, html: output.get(`${folder}.html`)?.toString() ?? '' }
  }

  test.each(['/', '/sub/', './', 'https://cdn.example/x/'])('an image becomes a picture; base %s', async (base) => {
    const { output, html } = await buildPage(
      page(
        '<img id="hero" data-x="1 &amp; 2" class="big" src="./photos/a.jpg?hero" alt="A &quot;disc&quot;" fetchpriority="high">',
      ),
      `html${base.replace(/\W+/g, '-')}`,
      { base },
    )
    await expectContract(output, await namedFiles(html, ['photos/a.jpg', 'hero']))
    await expect(reference.filesOf({ file: project.at('photos/a.jpg'), query: 'hero' })).resolves.toHaveProperty(
      'size',
      9,
    )
    expect(html.match(/a-\d+x\d+\.\w+\.\w+/g)).not.toBeNull()
    expect(html).toMatch(/<picture><source media="\(min-width: 640px\)" type="image\/avif"/)
    expect(html).toMatch(/<img [^>]*id="hero"/)
    expect(html).toContain('data-x="1 &amp; 2"')
    expect(html).toContain('alt="A &quot;disc&quot;"')
    expect(html).toMatch(/class="big hero-\w+"|class="big [\w-]+"/)
    expect(html).toMatch(new RegExp(`src="${base === './' ? '\\./' : base}assets/a-40x50`))
  })

  test('a preload link becomes one per crop, with disjoint media', async () => {
    const { output, html } = await buildPage(
      page('<img src="/photos/a.jpg?hero" alt="">', '<link rel="preload" as="image" href="./photos/a.jpg?hero">'),
      'html-preload',
    )
    await expectContract(output, await namedFiles(html, ['photos/a.jpg', 'hero']))
    const links = html.match(/<link rel="preload" as="image"[^>]*>/g) ?? []
    expect(links).toHaveLength(2)
    for (const link of links) expect(link).toContain('type="image/avif"')
    expect(new Set(links.map((link) => /media="([^"]*)"/.exec(link)?.[1])).size).toBe(2)
  })

  test('an image inside the page’s own picture keeps its neighbours', async () => {
    const { html } = await buildPage(
      page('<picture><source media="print" srcset="data:,"><img src="photos/a.jpg?hero=card" alt=""></picture>'),
      'html-picture',
    )
    expect(html.match(/<picture/g)).toHaveLength(1)
    expect(html).toMatch(/<source media="print"[^>]*>\s*<source type="image\/webp"/)
  })

  test('style elements and style attributes', async () => {
    const { output, html } = await buildPage(
      page(
        '<p style="background: url(./photos/b.jpg?hero=card)">x</p>',
        '<style>p { background: url(./photos/a.jpg?hero) }</style>',
      ),
      'html-style',
    )
    await expectContract(output, await namedFiles(html, ['photos/a.jpg', 'hero'], ['photos/b.jpg', 'hero=card']))
    expect(html).toContain('@supports')
    expect(html).toMatch(/style="background: ?image-set\(/)
  })

  test('two pages and a script share the files of one photo', async () => {
    await project.write('shared.js', "import a from './photos/a.jpg?hero'\nglobalThis.shown = a\n")
    await project.write(
      'one.html',
      page('<img src="photos/a.jpg?hero" alt=""><script type="module" src="./shared.js"></script>'),
    )
    await project.write('sub/two.html', page('<img src="../photos/a.jpg?hero" alt="">'))
    const output = await buildProject(project, 'html-two', {
      base: './',
      build: { rolldownOptions: { input: [project.at('one.html'), project.at('sub/two.html')] } },
    })
    await expectContract(output, await reference.filesOf({ file: project.at('photos/a.jpg'), query: 'hero' }))
    expect(output.get('sub/two.html')?.toString()).toContain('src="../assets/a-40x50')
  })

  test('an image for browsers without scripts', async () => {
    const { output, html } = await buildPage(
      page('<noscript><img src="photos/a.jpg?hero" alt=""></noscript>'),
      'html-noscript',
    )
    await expectContract(output, await reference.filesOf({ file: project.at('photos/a.jpg'), query: 'hero' }))
    expect(html).toContain('<picture>')
  })

  test('pictures of other hosts, links to pages and comments are left alone', async () => {
    const foreign = 'https://other.example/a.jpg?hero'
    await project.write('foreign.css', `.f { background: url(${foreign}); mask: url("//other.example/b.svg?hero") }\n`)
    await project.write('foreign.js', `// new URL('./a.jpg?hero', import.meta.url)\nglobalThis.shown = '${foreign}'\n`)
    const body = `<img src="${foreign}" alt=""><a href="/page.html?hero=1">x</a><iframe src="/frame.html?hero"></iframe>`
    const head = `<meta property="og:image" content="${foreign}"><link rel="stylesheet" href="./foreign.css">`
    const script = '<script type="module" src="./foreign.js"></script>'
    const { output, html } = await buildPage(page(body + script, head), 'html-foreign')
    expect([...output.keys()].filter((path) => /\.(?:jpg|avif|webp)$/.test(path))).toEqual([])
    expect(html).toContain(body)
    expect([...output].find(([path]) => path.endsWith('.css'))?.[1].toString()).toContain(foreign)
  })

  test('a page without heroes stays as it is', async () => {
    const { output, html } = await buildPage(page('<p>?hero</p><!-- <img src="x.jpg?hero"> -->'), 'html-none')
    expect([...output.keys()]).toEqual(['html-none.html'])
    expect(html).toContain('<p>?hero</p>')
  })
})
