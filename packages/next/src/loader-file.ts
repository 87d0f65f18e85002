/** Where our loaders are. */
import { fileURLToPath } from 'node:url'

/** Absolute path of a loader, beside the chunk that asks for it. */
export function loaderFile(name: string): string {
  return fileURLToPath(new URL(`./${name}.js`, import.meta.url))
}
