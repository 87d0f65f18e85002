/**
 * How a picture is named in the content store. Astro imports what ends like an image and resolves it against the entry; a key that hosts add to imports, and
 * that says nothing about the picture, makes a hero end like one.
 */

const ending = '&v=.jpg'
const hero = /[?&]hero(?:[=&]|$)/

/** `./hero.jpg?hero` → a path that the content store takes for an image. */
export function toContentPath(source: string): string {
  return source + ending
}

/** What the content store imports: `<path>?astroContentImageFlag=&importer=<entry>`. */
export interface ContentImport {
  /** The import as written in the entry. */
  readonly source: string
  /** The entry, relative to the project. */
  readonly importer: string
}

/** Takes such an import apart, or `undefined` when it is none of ours. */
export function parseContentImport(id: string): ContentImport | undefined {
  const at = id.lastIndexOf('?')
  const importer = new URLSearchParams(id.slice(at + 1)).get('importer')
  const path = id.slice(0, at)
  if (importer === null || !path.endsWith(ending) || !hero.test(path)) return undefined
  return { source: path.slice(0, -ending.length), importer }
}

/** True for a hero in the store that was put there without us: Astro would not import it. */
export function isForeign(path: string): boolean {
  return hero.test(path) && !path.endsWith(ending)
}
