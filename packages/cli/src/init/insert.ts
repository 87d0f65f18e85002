/** Adding to texts in their own style. Pure. */
import type { Token } from './scan.ts'

/** Text with a piece put in at an offset. */
export function insertAt(text: string, at: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at)
}

/** Line ending of a text. */
export function lineEnding(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

/** What stands between two tokens when they are on lines of their own: line ending and indent of the second; else `undefined`. */
export function breakBetween(text: string, first: Token, second: Token): string | undefined {
  const between = text.slice(first.end, second.start)
  const indent = /\n([ \t]*)$/.exec(between)?.[1]
  return indent === undefined ? undefined : `${lineEnding(text)}${indent}`
}
