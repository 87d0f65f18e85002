/** The manifest: which photo became which files, how they were cropped, and who uses them. */
import { relative, sep } from 'node:path'
import type { Plan } from '@hero-image/core'
import type { Filled } from './emission.ts'

/**
 * Text of `hero-manifest.json`: source → crops → variants → bytes, and the modules that import it. Sorted, since modules load in any order.
 *
 * @param root absolute path of the project; all paths in the manifest are relative to it
 */
export function toManifest(
  root: string,
  used: readonly Pick<Filled, 'file' | 'plan' | 'variant' | 'bytes'>[],
  importersOf: (file: string) => readonly string[],
): string {
  const sources: Record<string, object> = {}
  const files = [...new Set(used.map(({ file }) => file))].sort()
  const toPath = (file: string): string => relative(root, file).split(sep).join('/')
  for (const file of files) {
    const mine = used.filter((each) => each.file === file).sort((a, b) => (a.variant.name < b.variant.name ? -1 : 1))
    const plans = [...new Set(mine.map(({ plan }) => plan))].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
    const facts = plans[0]?.facts
    sources[toPath(file)] = {
      sha256: facts?.hash,
      width: facts?.width,
      height: facts?.height,
      detector: plans[0]?.detector,
      modules: importersOf(file).map((id) => toPath(id)),
      crops: plans.flatMap(({ preset, crops }) =>
        crops.map(({ name, media, rect, by, confidence, kept, reason, warnings, text }) => ({
          preset,
          name,
          media,
          rect,
          by,
          confidence,
          kept,
          reason,
          warnings,
          text,
        })),
      ),
      variants: mine.map(({ bytes, variant: { name, width, height, format, rect } }) => ({
        file: name,
        format,
        width,
        height,
        rect,
        bytes,
      })),
    }
  }
  return `${JSON.stringify({ version: 1, sources }, undefined, 2)}\n`
}

/** One preset may be asked for with several overrides. */
function orderOf({ preset, crops }: Plan): string {
  return `${preset} ${JSON.stringify(crops)}`
}
