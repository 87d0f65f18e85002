/** Files of an output, on disk or, with `write: false`, in memory. */
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { BuildResult } from 'esbuild'

/** Text of a file of the output; empty when there is none, as with output to the terminal. @param path absolute */
export async function readOutput({ outputFiles }: BuildResult, path: string): Promise<string> {
  if (outputFiles !== undefined) return outputFiles.find((file) => file.path === path)?.text ?? ''
  return readFile(path, 'utf8').catch(() => '')
}

/** Adds or replaces a file of the output. Where esbuild does not write, we do not either. @param path absolute */
export async function writeOutput({ outputFiles }: BuildResult, path: string, text: string): Promise<void> {
  const contents = Buffer.from(text)
  if (outputFiles === undefined) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, contents)
    return
  }
  const hash = createHash('sha256').update(contents).digest('base64url')
  const at = outputFiles.findIndex((file) => file.path === path)
  outputFiles.splice(at < 0 ? outputFiles.length : at, 1, { path, contents, hash, text })
}
