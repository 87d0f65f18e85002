/**
 * `npm run readme`: fills README.md with what it quotes from the examples, which CI builds; `--check` fails when it is stale.
 *
 * A line `<!-- from examples/webpack/webpack.config.js -->` quotes a file. `<!-- from examples/vite/index.html#hero -->` quotes the lines between
 * the comments `#region hero` and `#endregion` of that file. What follows, as far as `<!-- end -->`, is written here.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { extname } from 'node:path'

const target = 'README.md'

/** A marker, with the link, the code and the end that an earlier run has written below it. */
const marker = /^<!-- from (\S+) -->\n(?:\[`.*\n```\w*\n(?:(?!```).*\n)*```\n<!-- end -->\n)?/gm

const languages: Readonly<Record<string, string>> = { mjs: 'js', cjs: 'js', mts: 'ts', cts: 'ts' }

function quote(source: string): string {
  const [file = '', region] = source.split('#')
  const text = read(file, source)
  const code = region === undefined ? text : cut(text, region, source)
  if (code.includes('```')) throw new Error(`${source} contains a code fence.`)
  const extension = extname(file).slice(1)
  return [
    `<!-- from ${source} -->`,
    `[\`${file.replace(/^examples\/[^/]+\//, '')}\`](${file})`,
    `\`\`\`${languages[extension] ?? extension}`,
    code.trimEnd(),
    '```',
    '<!-- end -->',
    '',
  ].join('\n')
}

function read(file: string, source: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Error(`${target} quotes ${source}: there is no file ${file}.`, { cause })
  }
}

/** The lines of a region without the indentation that all of them have. */
function cut(text: string, region: string, source: string): string {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => new RegExp(`#region ${region}\\b`).test(line))
  if (start < 0) throw new Error(`${target} quotes ${source}: the file has no '#region ${region}'.`)
  const length = lines.slice(start + 1).findIndex((line) => line.includes('#endregion'))
  if (length < 0) throw new Error(`${target} quotes ${source}: its region has no '#endregion'.`)
  const inside = lines.slice(start + 1, start + 1 + length)
  const indents = inside.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))
  return inside.map((line) => line.slice(Math.min(...indents))).join('\n')
}

try {
  const before = readFileSync(target, 'utf8')
  const after = before.replace(marker, (_, source: string) => quote(source))
  const strays = after.replace(marker, '').match(/^<!-- (?:from .*|end) -->$/m)
  if (strays !== null) throw new Error(`${target}: '${strays[0]}' belongs to no quotation.`)
  if (!process.argv.includes('--check')) writeFileSync(target, after)
  else if (before !== after) throw new Error(`${target} no longer says what the examples say: run \`npm run readme\`.`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(1)
}
