/** The manifest: which photo became which files, how they were cropped, and who uses them. */
import { relative, sep } from 'node:path'
import type { Reserved } from './emission.ts'

/**
 * Text of `hero-manifest.json`: source → crops → variants → bytes, and the modules that import it.
 *
 * @param root absolute path of the project; all paths in the manifest are relative to it
 * @param bytes size of each shipped file by name
 */
export function toManifest(
  root: string,
  used: readonly Reserved[],
  bytes: ReadonlyMap<string, number>,
  importersOf: (file: string) => readonly string[],
): string {
  const sources: Record<string, object> = {}
  const files = [...new Set(used.map(({ file }) => file))].sort()
  const toPath = (file: string): string => relative(root, file).split(sep).join('/')
  for (const file of files) {
    const mine = used.filter((each) => each.file === file)
    const plans = [...new Set(mine.map(({ plan }) => plan))]
    const facts = plans[0]?.facts
    sources[toPath(file)] = {
      sha256: facts?.hash,
      width: facts?.width,
      height: facts?.height,
      modules: importersOf(file).map((id) => toPath(id)),
      crops: plans.flatMap(({ preset, crops }) =>
        crops.map(({ name, media, rect, by, kept }) => ({ preset, name, media, rect, by, kept })),
      ),
      variants: mine.map(({ variant: { name, width, height, format, rect } }) => ({
        file: name,
        format,
        width,
        height,
        rect,
        bytes: bytes.get(name),
      })),
    }
  }
  return `${JSON.stringify({ version: 1, sources }, undefined, 2)}\n`
}
