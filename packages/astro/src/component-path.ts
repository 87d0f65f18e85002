/** Files that are published as source and become part of the project's own modules. */
import { fileURLToPath } from 'node:url'

/** Absolute path of a file in `components`, with forward slashes as hosts write ids. */
export function componentPath(name: string): string {
  return fileURLToPath(new URL(`../components/${name}`, import.meta.url)).replaceAll('\\', '/')
}
