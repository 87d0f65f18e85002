/** What the loaders of a production build leave for its summary. Each runs in a process of its own, which Next ends without a word. */
import { appendFileSync, mkdirSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** A file that was encoded. */
export interface Made {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly name: string
  /** Time that its encoding took. */
  readonly ms: number
}

/** A file that was handed to Next, perhaps several times: once for each kind of module. */
export interface Shipped {
  readonly at: number
  readonly name: string
  /** Size. */
  readonly bytes: number
  /** Absolute path of the photo. */
  readonly file: string
  /** Query of the import. */
  readonly query: string
}

/** Adds a line to the tally of this process. @param workDir absolute path; Next empties it before each build */
export function note(workDir: string, line: Made | Shipped): void {
  const folder = toFolder(workDir)
  mkdirSync(folder, { recursive: true })
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(line)}\n`)
}

/** All lines of a build, which are gone then. */
export async function takeTally(workDir: string): Promise<(Made | Shipped)[]> {
  const folder = toFolder(workDir)
  const names = await readdir(folder).catch(() => [])
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  await rm(folder, { recursive: true, force: true })
  return texts.flatMap((text) => text.split('\n').flatMap((line) => (line === '' ? [] : JSON.parse(line))))
}

function toFolder(workDir: string): string {
  return join(workDir, 'hero-image')
}
