/** Just enough reading of JavaScript, TypeScript and JSON with comments to add to them without touching the rest. */

/** One word, string or bracket; comments are left out. */
export interface Token {
  readonly kind: 'string' | 'word' | 'mark'
  readonly text: string
  /** Offset of the first character. */
  readonly start: number
  /** Offset after the last one. */
  readonly end: number
}

const pattern =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/|^#![^\n]*)|(?<string>"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`)|(?<word>[\p{ID_Continue}$]+)|\S/gu

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** The tokens, or `undefined` for what is beyond this reader: regular expressions, divisions, brackets that do not match. */
export function scan(text: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  const open: string[] = []
  for (const match of text.replace(/^\ufeff/, ' ').matchAll(pattern)) {
    const { comment, string, word } = match.groups ?? {}
    if (comment !== undefined) continue
    const [found] = match
    // A slash may begin a regular expression and a quote is open here: all that follows could be read wrongly.
    if (/^["'`/]$/.test(found)) return undefined
    const kind = string !== undefined ? 'string' : word !== undefined ? 'word' : 'mark'
    const closer = closers[found]
    if (kind === 'mark' && closer !== undefined) open.push(closer)
    if (kind === 'mark' && /^[)\]}]$/.test(found) && open.pop() !== found) return undefined
    tokens.push({ kind, text: found, start: match.index, end: match.index + found.length })
  }
  return open.length === 0 ? tokens : undefined
}

/** Index of the bracket that closes the one at `open`. */
export function closingOf(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let index = open; index < tokens.length; index += 1) {
    if (isMark(tokens[index], '([{')) depth += 1
    if (isMark(tokens[index], ')]}')) depth -= 1
    if (depth === 0) return index
  }
  return tokens.length
}

/** Index of the value of a key in the object literal that opens at `open`, or `undefined` when it has none. */
export function memberOf(tokens: readonly Token[], open: number, key: string): number | undefined {
  const close = closingOf(tokens, open)
  for (let index = open + 1; index < close; index += 1) {
    const token = tokens[index]
    const isKey = isMark(tokens[index - 1], '{,') && isMark(tokens[index + 1], ':')
    if (isKey && token !== undefined && nameOf(token) === key) return index + 2
    if (isMark(token, '([{')) index = closingOf(tokens, index)
  }
  return undefined
}

/** True when the token is one of these single characters outside of strings. */
export function isMark(token: Token | undefined, characters: string): boolean {
  return token?.kind === 'mark' && characters.includes(token.text)
}

/** A word itself, or what stands between the quotes of a string. */
export function nameOf({ kind, text }: Token): string {
  return kind === 'string' ? text.slice(1, -1) : text
}
