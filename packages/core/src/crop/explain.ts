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

/** `keeps 2 of 2 faces; subject 94 %`. */
export function toReason(parts: readonly KeptPart[], kept: number): string {
  const faces = parts.filter(({ kind }) => kind === 'face')
  const whole = faces.filter(({ share }) => share >= wholeShare).length
  const said = faces.length === 0 ? [] : [`keeps ${whole} of ${faces.length} ${faces.length === 1 ? 'face' : 'faces'}`]
  if (parts.length > faces.length) said.push(`subject ${Math.round(kept * 100)} %`)
  return said.join('; ')
}

/** What is wrong with a crop, given what it keeps and how large the frame can be. */
export function partWarnings(
  parts: readonly KeptPart[],
  largest: { readonly width: number; readonly height: number },
): CropWarning[] {
  const faces = parts.filter(({ kind }) => kind === 'face')
  const others = parts.filter(({ kind }) => kind !== 'face')
  const fits = ({ box }: KeptPart): boolean => box.width <= largest.width + 1e-6 && box.height <= largest.height + 1e-6
  const cut = others.filter(({ share }) => share < wholeShare)
  return [
    ...(faces.some(({ share }) => share > 0.02 && share < wholeShare) ? (['face-cut'] as const) : []),
    ...(faces.some(({ share }) => share <= 0.02) ? (['face-dropped'] as const) : []),
    ...(cut.some(fits) ? (['subject-cut'] as const) : []),
    ...([...cut, ...faces.filter(({ share }) => share < wholeShare)].some((part) => !fits(part))
      ? (['needs-extension'] as const)
      : []),
  ]
}

function round(share: number): number {
  return Math.round(share * 1000) / 1000
}
