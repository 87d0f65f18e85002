/** How paths appear in messages. */
import { isAbsolute, relative } from 'node:path'

/** Relative to the working folder where that is shorter; control characters, which could steer a terminal, become visible. */
export function toShownPath(file: string, cwd: string = process.cwd()): string {
  const near = isAbsolute(file) ? relative(cwd, file) : file
  const shown = near === '' ? '.' : near.startsWith('..') && near.length > file.length ? file : near
  return shown.replace(/\p{Cc}/gu, '\ufffd')
}
