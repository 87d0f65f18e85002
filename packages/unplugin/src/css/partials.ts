/** Style sheets that a sheet pulls in: compilers of dialects, and Vite, read them themselves, so that no plugin sees their text. */
import { readFile } from 'node:fs/promises'
import { findOnDisk } from '../id.ts'

/** An imported sheet. */
export interface Partial {
  /** Absolute path. */
  readonly file: string
  readonly text: string
}

const comments = /\/\*[\s\S]*?\*\//g
const imports = /@(?:import|use|forward)\s+(?:\([^)]*\)\s*)?(?:url\(\s*)?["']?([^"'()\s;]+)/g

/**
 * The sheets behind the relative imports of a sheet, theirs included. Aliases, packages and the search paths of preprocessors are left to the
 * check at the end of the build.
 */
export async function readPartials(css: string, file: string, seen: Set<string> = new Set([file])): Promise<Partial[]> {
  const found: Partial[] = []
  for (const [, path = ''] of css.replace(comments, '').matchAll(imports)) {
    const partial = findSheet(path, file)
    if (partial === undefined || seen.has(partial)) continue
    seen.add(partial)
    const text = await readFile(partial, 'utf8').catch(() => '')
    found.push({ file: partial, text }, ...(await readPartials(text, partial, seen)))
  }
  return found
}

/** Relative even without a dot in front; preprocessors leave out the extension and the underscore. */
function findSheet(path: string, importer: string): string | undefined {
  if (/^[a-z]+:|^\/\//i.test(path)) return undefined
  const extension = /\.\w+$/.exec(importer)?.[0] ?? ''
  const named = /\.(?:css|less|sass|scss|styl|stylus|pcss|postcss|sss)$/.test(path)
  const names = named ? [path] : [`${path}${extension}`, `${path}${extension}`.replace(/([^/]+)$/, '_$1')]
  return names
    .map((name) => findOnDisk(name.startsWith('.') ? name : `./${name}`, importer))
    .find((each) => each !== undefined)
}
