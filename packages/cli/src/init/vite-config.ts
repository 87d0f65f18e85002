/** Puts the plugin into a Vite config that is simple enough to be sure. Pure. */
import { breakBetween, insertAt, lineEnding } from './insert.ts'
import { closingOf, isMark, memberOf, nameOf, scan, type Token } from './scan.ts'

const pluginModule = '@hero-image/vite'

/** A config for a project that has none. */
export const newViteConfig: string = [
  `import { heroImage } from '${pluginModule}'`,
  "import { defineConfig } from 'vite'",
  '',
  'export default defineConfig({',
  '  plugins: [heroImage()],',
  '})',
  '',
].join('\n')

/** What a person has to write where we do not dare. */
export const viteInstructions: string = `import { heroImage } from '${pluginModule}', and add heroImage() to \`plugins\``

/** True when the config uses the plugin already. */
export function usesPlugin(text: string): boolean {
  const tokens = scan(text)
  if (tokens === undefined) return /^(?!\s*(?:\/\/|\*)).*@hero-image\/vite/m.test(text)
  return tokens.some((token) => token.kind === 'string' && nameOf(token) === pluginModule)
}

/**
 * Adds import and plugin. Only for `export default { plugins: [ … ] }`, with or without `defineConfig( … )` around it.
 *
 * @returns the new text, or `undefined` when the config has another form
 */
export function addPlugin(text: string): string | undefined {
  const tokens = scan(text)
  const plugins = tokens === undefined ? undefined : findPlugins(tokens)
  const [first] = tokens ?? []
  if (tokens === undefined || plugins === undefined || first === undefined) return undefined
  // `heroImage` may already mean something else there.
  if (tokens.some(({ text: word }) => word === 'heroImage')) return undefined
  const [open, next] = [tokens[plugins], tokens[plugins + 1]]
  if (open === undefined || next === undefined) return undefined
  const isEmpty = isMark(next, ']')
  const lineBreak = isEmpty ? undefined : breakBetween(text, open, next)
  const entry = isEmpty ? 'heroImage()' : lineBreak === undefined ? 'heroImage(), ' : `${lineBreak}heroImage(),`
  return insertAt(insertAt(text, open.end, entry), first.start, importLine(text, tokens))
}

/** Index of the `[` of the plugins. */
function findPlugins(tokens: readonly Token[]): number | undefined {
  const exported = tokens.findIndex(({ text }, index) => text === 'export' && tokens[index + 1]?.text === 'default')
  if (exported < 0) return undefined
  const isCall = tokens[exported + 2]?.text === 'defineConfig' && isMark(tokens[exported + 3], '(')
  const object = exported + (isCall ? 4 : 2)
  if (!isMark(tokens[object], '{')) return undefined
  const plugins = memberOf(tokens, object, 'plugins')
  if (plugins === undefined || !isMark(tokens[plugins], '[')) return undefined
  // `[ … ].filter( … )` is no plain list.
  return isMark(tokens[closingOf(tokens, plugins) + 1], ',}') ? plugins : undefined
}

function importLine(text: string, tokens: readonly Token[]): string {
  const quote = tokens.find(({ kind }) => kind === 'string')?.text.startsWith('"') === true ? '"' : "'"
  const end = /^import\b[^\n]*;[ \t]*\r?$/m.test(text) ? ';' : ''
  return `import { heroImage } from ${quote}${pluginModule}${quote}${end}${lineEnding(text)}`
}
