/** Says what a crop keeps, in numbers and in words, and what a person should look at. Pure. */
import type { CropWarning, KeptPart, Subject } from '../types.ts'
import { type Frame, shareWithin, toFrame } from './frame.ts'

/** From this share on, a thing counts as whole: detectors are not more exact. */
export const wholeShare = 0.98

/** How much of each box is inside. */
export function keptParts(subject: Subject, frame: Frame): KeptPart[] {
  return subject.boxes
    .filter(({ kind }) => kind !== 'point')
    .map(({ kind, box }) => ({ kind, box, share: round(shareWithin(toFrame(box), frame)) }))
}

/** Share of the subject inside, by weight; 1 when there is none. */
export function keptShare(subject: Subject, frame: Frame): number {
  const total = subject.boxes.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return 1
  return round(
    subject.boxes.reduce((sum, { box, weight }) => sum + weight * shareWithin(toFrame(box), frame), 0) / total,
  )
}

/** `keeps 2 of 2 faces; subject 94 %`, after who decided where it was a person. */
export function toReason(by: string, parts: readonly KeptPart[], kept: number): string {
  const faces = parts.filter(({ kind }) => kind === 'face')
  const others = parts.filter(({ kind }) => kind !== 'face' && kind !== 'focus')
  const focus = parts.find(({ kind }) => kind === 'focus')
  const whole = faces.filter(({ share }) => share >= wholeShare).length
  const said = [
    ...(decided.has(by) ? [`exact rectangle (${by})`] : []),
    ...(focus === undefined ? [] : [`focus ${percent(focus.share)}`]),
    ...(faces.length === 0 ? [] : [`keeps ${whole} of ${faces.length} ${faces.length === 1 ? 'face' : 'faces'}`]),
    ...(others.length === 0 ? [] : [`subject ${percent(kept)}`]),
  ]
  return said.length === 0 ? 'nothing found: the middle' : said.join('; ')
}

/** Who gives exact rectangles. */
const decided: ReadonlySet<string> = new Set(['query', 'sidecar', 'config', 'lock'])

const percent = (share: number): string => `${Math.round(share * 100)} %`

/**
 * The parts that warnings are about: rectangles around what stands out are several guesses at one thing, and the one kept best speaks for all; for figures, too,
 * where they are a guess beside others.
 */
export function warningParts(parts: readonly KeptPart[]): readonly KeptPart[] {
  const isSalient = ({ kind }: KeptPart): boolean => kind === 'salient'
  const isGuess = parts.some(isSalient) ? (part: KeptPart) => isSalient(part) || part.kind === 'figure' : isSalient
  const best = Math.max(...parts.filter(isGuess).map(({ share }) => share))
  const speaker = parts.find((part) => isGuess(part) && part.share === best)
  return parts.filter((part) => !isGuess(part) || part === speaker)
}

/** What is wrong with a crop, given what it keeps and how large the frame can be. */
export function partWarnings(
  parts: readonly KeptPart[],
  largest: { readonly width: number; readonly height: number },
): CropWarning[] {
  const isFace = ({ kind }: KeptPart): boolean => kind === 'face'
  const cut = parts.filter(({ share }) => share < wholeShare)
  const fits = parts.length === 0 || fitsTogether(parts, largest)
  return [
    ...(cut.some((part) => isFace(part) && part.share > goneShare) ? (['face-cut'] as const) : []),
    ...(cut.some((part) => isFace(part) && part.share <= goneShare) ? (['face-dropped'] as const) : []),
    ...(fits && cut.some((part) => !isFace(part)) ? (['subject-cut'] as const) : []),
    ...(!fits && cut.length > 0 ? (['needs-extension'] as const) : []),
  ]
}

/** Less than this of a face is no longer seen as one. */
const goneShare = 0.02

function fitsTogether(
  parts: readonly KeptPart[],
  largest: { readonly width: number; readonly height: number },
): boolean {
  const frames = parts.map(({ box }) => toFrame(box))
  const width = Math.max(...frames.map(({ right }) => right)) - Math.min(...frames.map(({ left }) => left))
  const height = Math.max(...frames.map(({ bottom }) => bottom)) - Math.min(...frames.map(({ top }) => top))
  return width <= largest.width + 1e-6 && height <= largest.height + 1e-6
}

function round(share: number): number {
  return Math.round(share * 1000) / 1000
}
