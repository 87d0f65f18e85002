/** The built script and style of the page; the same place seen from the source and from what is published. */
import { readFile } from 'node:fs/promises'

const folder = new URL('../dist/page/', import.meta.url)

const types = new Map([
  ['studio.js', 'text/javascript; charset=utf-8'],
  ['studio.css', 'text/css; charset=utf-8'],
])

/** A file of the page, or `undefined` when it has none of that name. */
export async function readPageFile(name: string): Promise<{ bytes: Uint8Array; type: string } | undefined> {
  const type = types.get(name)
  return type === undefined ? undefined : { bytes: await readFile(new URL(name, folder)), type }
}
