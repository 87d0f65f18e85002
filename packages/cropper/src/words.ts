/** What the engine decided, in plain words. Pure. */
import type { CropWarning, FocalPoint, Placement, RelativeRect, Subject, TextPlacement } from '@hero-image/core'

/** `2:1`, `16:9`, `1.91:1`, or `as the photo` for 0. */
export function ratioText(ratio: number): string {
  if (ratio === 0) return 'as the photo'
  for (let height = 1; height <= 21; height += 1) {
    const width = Math.round(ratio * height)
    if (width >= 1 && Math.abs(width / height / ratio - 1) < 0.0005) return `${width}:${height}`
  }
  return `${Math.round(ratio * 100) / 100}:1`
}

/** `12.5 %`; one decimal where there is one. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}

const makers: Readonly<Record<string, string>> = {
  sidecar: 'Set by hand',
  focus: 'Follows your focus',
  query: 'Set in the import',
  config: 'Set in the configuration',
  lock: 'Locked',
  faces: 'Follows the faces',
  person: 'Follows the people',
  object: 'Follows the objects',
  saliency: 'Follows what draws the eye',
  centre: 'Centred',
}

/** Who placed a crop. */
export function byText(by: string): string {
  return Object.hasOwn(makers, by) ? (makers[by] ?? by) : `Follows what ${by} found`
}

/** How sure the engine is. */
export function confidenceText(confidence: number): string {
  const word = confidence >= 0.75 ? 'Sure' : confidence >= 0.4 ? 'Fairly sure' : 'Unsure'
  return `${word} (${Math.round(confidence * 100)} %)`
}

const warnings: Readonly<Record<CropWarning, { readonly short: string; readonly long: string }>> = {
  'face-cut': { short: 'A face is cut', long: 'A face is cut. Move the crop, or make the focus smaller.' },
  'face-dropped': {
    short: 'A face is outside',
    long: 'Not all faces fit, so one is outside. Choose who stays with the focus.',
  },
  'subject-cut': {
    short: 'Subject cut',
    long: 'Part of the subject is outside, although it could fit. Move the focus onto it.',
  },
  'under-text': {
    short: 'Text covers the subject',
    long: 'The text zone lies over a face or the subject. Choose another side for the text.',
  },
  'low-confidence': {
    short: 'Worth a look',
    long: 'Nothing certain was found, so the crop stays near the centre. Set the focus to be sure.',
  },
  'needs-extension': {
    short: 'Subject does not fit',
    long: 'No crop of this ratio can hold the whole subject; only a wider canvas could.',
  },
  'photo-changed': {
    short: 'Photo has changed',
    long: 'These decisions were made for another version of the photo. Check them, then save.',
  },
}

/** Two or three words for a caption. */
export function warningLabel(warning: CropWarning): string {
  return warnings[warning].short
}

/** What happened and what to do. */
export function warningText(warning: CropWarning): string {
  return warnings[warning].long
}

/** A sentence with a capital and a full stop; what is empty says how much is kept. */
export function reasonText({ reason, kept }: Placement): string {
  const text = reason.trim() === '' ? `keeps ${Math.round(kept * 100)} % of the subject` : reason.trim()
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`.replaceAll(' %', '\u00a0%')
}

/** What was found, counted: `2 faces, 1 person`. */
export function foundText({ boxes }: Subject): string {
  const counts = new Map<string, number>()
  for (const { kind } of boxes) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  // Several rectangles around what stands out are guesses at one thing.
  const parts = [...counts].map(([kind, count]) =>
    kind === 'salient' ? '1 salient part' : `${count} ${inWords(kind, count)}`,
  )
  return parts.length === 0 ? 'nothing certain' : parts.join(', ')
}

function inWords(kind: string, count: number): string {
  if (kind === 'person' && count > 1) return 'people'
  return count === 1 ? kind : `${kind}s`
}

/** How bright it is under a headline, and which text reads there. */
export function luminanceText({ luminance }: TextPlacement): string {
  const dark = prefersDarkText(luminance)
  return `${dark ? 'Bright' : 'Dark'} underneath (${Math.round(luminance * 100)} %): ${dark ? 'dark' : 'light'} text reads best.`
}

/** Where black and white text have the same contrast. */
export function prefersDarkText(luminance: number): boolean {
  return luminance > 0.18
}

/** A point for screen readers. */
export function pointText({ x, y }: FocalPoint): string {
  return `${percent(x)} from left, ${percent(y)} from top`
}

/** A rectangle for screen readers. */
export function rectText({ x, y, width, height }: RelativeRect): string {
  return `${pointText({ x, y })}, ${percent(width)} wide, ${percent(height)} high`
}

/** What a change did to the crops, for the live region. */
export function outcomeText(
  what: string,
  crops: readonly { readonly label: string; readonly open: readonly CropWarning[] }[],
): string {
  const worries = crops.flatMap(({ label, open }) => open.map((warning) => `${label}: ${warningLabel(warning)}`))
  return `${what}. ${worries.length === 0 ? 'No warnings' : worries.join('. ')}.`
}
