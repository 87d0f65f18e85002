/** Adds the types of hero imports to a TypeScript project. Pure. */
import { breakBetween, insertAt, lineEnding } from './insert.ts'
import { closingOf, isMark, memberOf, nameOf, scan, type Token } from './scan.ts'

const typesEntry = '@hero-image/vite/client'

/** What a person has to write where we do not dare. */
export const typesInstructions: string = `/// <reference types="${typesEntry}" />`

/** True when a tsconfig or a declaration file names the entry already. */
export function hasTypes(text: string): boolean {
  return text.includes(typesEntry)
}

/**
 * Adds the entry to the `compilerOptions.types` of a tsconfig; comments and layout stay.
 *
 * @returns the new text, or `undefined` when there is no such list: adding one would switch off the types that TypeScript finds by itself
 */
export function addToTsconfig(text: string): string | undefined {
  const tokens = scan(text)
  const open = tokens === undefined ? undefined : findTypes(tokens)
  if (tokens === undefined || open === undefined) return undefined
  const inside = tokens.slice(open + 1, closingOf(tokens, open))
  if (inside.some((token) => token.kind !== 'string' && !isMark(token, ','))) return undefined
  const [bracket, first] = [tokens[open], inside[0]]
  const last = inside.findLast(({ kind }) => kind === 'string')
  if (bracket === undefined) return undefined
  if (first === undefined || last === undefined) return insertAt(text, bracket.end, `"${typesEntry}"`)
  return insertAt(text, last.end, `,${breakBetween(text, bracket, first) ?? ' '}"${typesEntry}"`)
}

/** Adds the entry to a declaration file such as `vite-env.d.ts`. */
export function addToDeclarations(text: string): string {
  return `${typesInstructions}${lineEnding(text)}${text}`
}

/** The folders and patterns that a tsconfig includes, when they are plain strings. */
export function includedBy(text: string): readonly string[] | undefined {
  const tokens = scan(text)
  const open = tokens === undefined || !isMark(tokens[0], '{') ? undefined : memberOf(tokens, 0, 'include')
  if (tokens === undefined || open === undefined || !isMark(tokens[open], '[')) return undefined
  return tokens
    .slice(open + 1, closingOf(tokens, open))
    .flatMap((token) => (token.kind === 'string' ? [nameOf(token)] : []))
}

function findTypes(tokens: readonly Token[]): number | undefined {
  if (!isMark(tokens[0], '{')) return undefined
  const options = memberOf(tokens, 0, 'compilerOptions')
  if (options === undefined || !isMark(tokens[options], '{')) return undefined
  const types = memberOf(tokens, options, 'types')
  return types !== undefined && isMark(tokens[types], '[') ? types : undefined
}
