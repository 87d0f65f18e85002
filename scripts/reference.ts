/**
 * `npm run reference`: writes docs/options.md from the comments in the options' interface, and the JSON schema of sidecars from what checks them; `--check`
 * fails when one of them is stale.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { sidecarJsonSchema } from '../packages/core/src/source/sidecar.ts'

const source = 'packages/core/src/options/user.ts'

interface Option {
  readonly name: string
  readonly type: string
  readonly text: string
  readonly fallback: string
}

interface Section {
  readonly name: string
  readonly text: string
  readonly options: readonly Option[]
}

/** The interfaces of the file, in order; each property with its comment. */
function parseInterfaces(code: string): Section[] {
  const pattern = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export interface (\w+) \{\n([\s\S]*?)\n\}/g
  return [...code.matchAll(pattern)].map(([, comment = '', name = '', body = '']) => ({
    name,
    text: toText(comment).text,
    options: [...body.matchAll(/\/\*\*([\s\S]*?)\*\/\s*(\w+)(\??): (.+)/g)].map(
      ([, said = '', option = '', , type = '']) => ({
        name: option,
        type: type.trim(),
        ...toText(said),
      }),
    ),
  }))
}

function toText(comment: string): { text: string; fallback: string } {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trim())
  const joined = lines.join(' ').replace(/\s+/g, ' ').trim()
  const [text = '', fallback = ''] = joined.split('@default')
  return { text: text.trim(), fallback: fallback.trim() }
}

function toMarkdown(sections: readonly Section[]): string {
  const titles: Record<string, string> = {
    HeroOptions: 'Options',
    PresetOptions: '`presets.<name>`',
    CropOptions: '`presets.<name>.crops.<name>`',
    PhotoOptions: '`photos.<pattern>`',
    CacheOptions: '`cache`',
    LimitOptions: '`limits`',
  }
  const ordered = Object.keys(titles).flatMap((name) => sections.filter((section) => section.name === name))
  const missing = sections.filter(({ name }) => !(name in titles)).map(({ name }) => name)
  if (missing.length > 0) throw new Error(`${source}: no title for ${missing.join(', ')} in this script`)
  const toCell = (text: string): string => text.replaceAll('|', '\\|')
  return [
    '# Options',
    '',
    `Generated from \`${source}\` by \`npm run reference\`. Unknown names are errors, with the nearest valid name as a hint.`,
    '',
    ...ordered.flatMap(({ name, text, options }) => [
      `## ${titles[name]}`,
      '',
      text,
      '',
      '| option | type | default | meaning |',
      '| --- | --- | --- | --- |',
      ...options.map(
        (option) =>
          `| \`${option.name}\` | \`${toCell(option.type)}\` | ${option.fallback === '' ? '' : asCode(toCell(option.fallback))} | ${toCell(option.text)} |`,
      ),
      '',
    ]),
  ].join('\n')
}

/** Values stand as code, sentences as text. */
function asCode(fallback: string): string {
  return /^['[{\d]|^true|^false/.test(fallback) && !/ when /.test(fallback)
    ? `\`${fallback}\``
    : fallback.replace(/^(true|false)/, '`$1`')
}

/** What is generated, by file. */
const generated: readonly (readonly [file: string, text: string])[] = [
  ['docs/options.md', toMarkdown(parseInterfaces(readFileSync(source, 'utf8')))],
  ['packages/core/sidecar.schema.json', `${JSON.stringify(sidecarJsonSchema(), undefined, 2)}\n`],
]

for (const [file, text] of generated) {
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`${file} is stale: run \`npm run reference\`.\n`)
    process.exitCode = 1
  }
}
