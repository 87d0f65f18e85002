/** Warnings about crops in words, and which crops deserve a look. Pure, runs in browsers. */
import type { CropWarning, Plan, PlannedCrop } from './types.ts'

/** Each warning in a few words, as they stand in brackets behind a crop. */
export const warningTexts: Readonly<Record<CropWarning, string>> = {
  'face-cut': 'face cut',
  'face-dropped': 'face left out',
  'subject-cut': 'subject cut',
  'under-text': 'subject under the text',
  'low-confidence': 'not sure what matters',
  'needs-extension': 'subject does not fit',
  'photo-changed': 'decided for an earlier photo',
}

/** Crops named in the line; more would push the summary off the screen. */
const mostNamed = 4

/**
 * Warnings that a person has not answered yet: whoever gave the exact rectangle, or pinned the crop, has looked at it, unless it was another photo.
 */
export function openWarnings({
  by,
  pin,
  warnings,
}: Pick<PlannedCrop, 'by' | 'pin' | 'warnings'>): readonly CropWarning[] {
  const isAnswered = by === 'lock' || pin === undefined
  return isAnswered ? warnings.filter((warning) => warning === 'photo-changed') : warnings
}

/**
 * One line that names the crops a person should look at; `undefined` when there are none.
 *
 * @param toPath how photos are named: relative to the project
 */
export function toLookLine(plans: readonly Plan[], toPath: (file: string) => string): string | undefined {
  const crops = new Map<string, { readonly file: string; readonly text: string }>()
  for (const { file, crops: planned } of plans) {
    for (const crop of planned) {
      const why = openWarnings(crop).map((warning) => warningTexts[warning])
      const text = `${toPath(file)} ${crop.name} (${why.join(', ')})`
      if (why.length > 0) crops.set(text, { file, text })
    }
  }
  const sorted = [...crops.values()].sort((a, b) => (a.text < b.text ? -1 : 1))
  const [first] = sorted
  if (first === undefined) return undefined
  const named = sorted.slice(0, mostNamed).map(({ text }) => text)
  const more = sorted.length - named.length
  return `look at: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''} → hero-image inspect ${quote(toPath(first.file))}`
}

/** As a shell takes it. */
function quote(path: string): string {
  return /^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}
