import { describe, expect, test } from 'vitest'
import { refuseLiterals } from './template.ts'

const complaint = (markup: string): string => {
  try {
    refuseLiterals(`---\nimport a from './a.jpg?hero'\n---\n${markup}\n`, '/page.astro')
    return 'nothing'
  } catch (error) {
    return String(error)
  }
}

describe('refused, with line and what to import instead', () => {
  test.each([
    ['<img src="./a.jpg?hero" alt="a" />', 4, './a.jpg?hero'],
    ['<p>\n<img\n  alt="a"\n  src="./a.jpg?hero=card" /></p>', 7, './a.jpg?hero=card'],
    ["<HeroImage src='../photos/a.png?focus=.1,.2&hero' alt='a' />", 4, '../photos/a.png?focus=.1,.2&hero'],
    ['<div style="background: url(./a.jpg?hero) center">', 4, './a.jpg?hero'],
    ['<source srcset={`./a.jpg?hero 2x`} />', 4, './a.jpg?hero'],
    ['{list.map(() => <img src="/src/a.webp?hero" />)}', 4, '/src/a.webp?hero'],
    ['<link rel="preload" as="image" href="./a.jpg?hero" />', 4, './a.jpg?hero'],
    ['<video poster={"./a.jpg?hero"} />', 4, './a.jpg?hero'],
  ])('%s', (markup, line, url) => {
    const said = complaint(markup)
    expect(said).toContain(`[HERO_UNSUPPORTED_REFERENCE] /page.astro:${line}:`)
    expect(said).toContain(`Write import hero from '${url}' in the frontmatter`)
  })
})

describe('left alone', () => {
  test.each([
    '<HeroImage src={a} alt="a" />',
    "<HeroImage src={import('./a.jpg?hero')} alt='a' />",
    '<a href="./a.jpg?hero">the photo</a>',
    '<img src="https://example.com/a.jpg?hero" />',
    '<img src="//cdn.example/a.jpg?hero" />',
    '<!-- <img src="./a.jpg?hero"> -->',
    '{/* <img src="./a.jpg?hero" /> */}',
    "<script>\nimport hero from './a.jpg?hero'\nconst text = 'x=\"./a.jpg?hero\"'\n</script>",
    '<style>.a { background: url("./a.jpg?hero") }</style>',
    '<code>?hero</code>',
    '<a title="Ask for ?hero" href="/docs?hero">docs</a>',
  ])('%s', (markup) => {
    expect(complaint(markup)).toBe('nothing')
  })
})
