/** What the quick look finds in source texts, and what it leaves alone. */
import { describe, expect, test } from 'vitest'
import { findMentions } from './mentions.ts'

const one = (text: string): string[] => findMentions(text).map(({ path, query }) => `${path} ${query}`)

describe('is found', () => {
  test.each([
    ['an import', "import hero from './hero.jpg?hero'", './hero.jpg hero'],
    ['a query in any order', 'import("../a.png?focus=.3,.6&hero=card")', '../a.png focus=.3,.6&hero=card'],
    ['an attribute', '<img alt="it\'s" src="./a.jpg?hero&amp;text=left">', './a.jpg hero&text=left'],
    ['an attribute without quotes', '<img src=/photos/a.jpg?hero>', '/photos/a.jpg hero'],
    ['a style sheet', '.a { background: url(./a.jpg?hero=card) }', './a.jpg hero=card'],
    ['a style sheet with spaces', ".a { background: url( './my photo (1).jpg?hero' ) }", './my photo (1).jpg hero'],
    ['Markdown', '![A lake](./lake.jpg?hero "The lake")', './lake.jpg hero'],
    ['frontmatter', 'cover: "../photos/lake.jpg?hero"', '../photos/lake.jpg hero'],
    ['a template without parts', 'import(`./a.jpg?hero`)', './a.jpg hero'],
    ['a name with a question mark', "import a from './what?.jpg?hero'", './what?.jpg hero'],
    ['sizes', "import a from './a.jpg?sizes=calc(50vw + 1rem)&hero'", './a.jpg sizes=calc(50vw + 1rem)&hero'],
  ])('%s', (_, text, expected) => expect(one(text)).toEqual([expected]))

  test('every one of a line, each once', () => {
    expect(one("import a from './a.jpg?hero'; import b from './b.jpg?hero=card'; f('./a.jpg?hero')")).toEqual([
      './a.jpg hero',
      './b.jpg hero=card',
    ])
  })
})

test.each([
  ['another query', "import a from './a.jpg?url'"],
  ['a word that begins like ours', "import a from './a.jpg?heroes'"],
  ['a photo elsewhere', "fetch('https://example.org/a.jpg?hero')"],
  ['what is put together at run time', 'import(`./${name}.jpg?hero`)'],
  ['a choice', 'const a=b?hero:c'],
  ['a query without photo', "isHeroQuery('?hero=card')"],
])('%s is left alone', (_, text) => expect(one(text)).toEqual([]))
