/** Judges crop rectangles against hand-checked boxes: whether a crop keeps what a designer would keep. */
import type { Annotation, Box, Frame } from './annotations.ts'

/** A face counts as kept, and a subject as uncut, from this share on. */
const whole = 0.98
/** What a clean crop must reach of the best possible. */
const cleanShare = 0.95
/** Rounding that is forgiven in rectangles. */
const slack = 0.004

/** Zones of a headline, relative to the crop: x, y, width, height. */
export const textZones = {
  left: [0, 0, 0.45, 1],
  right: [0.55, 0, 0.45, 1],
  top: [0, 0, 1, 0.4],
  bottom: [0, 0.6, 1, 0.4],
} as const

export type TextSide = keyof typeof textZones

/** How one crop fares. Shares are 0..1. */
export interface Judgement {
  /** No rectangle, outside the photo, or of another ratio. */
  readonly bad: boolean
  /** Share of the subject inside. */
  readonly recall: number
  /** The same, divided by the best any largest rectangle of the ratio reaches. */
  readonly norm: number
  /** Whether the subject fits the ratio at all. */
  readonly fits: boolean
  /** The subject is cut although it would fit. */
  readonly cut: boolean
  /** The subject touches the edge although there was room. */
  readonly tight: boolean
  readonly faces: number
  /** Faces wholly inside. */
  readonly kept: number
  /** Faces that a largest rectangle can hold at once. */
  readonly holdable: number
  /** Share of the focus inside, divided by the best reachable. */
  readonly focus: number
  /** No visible mistake. */
  readonly clean: boolean
  /** Area as a share of the largest rectangle's. */
  readonly size: number
}

/** Of a crop made for a headline. */
export interface TextJudgement extends Judgement {
  /** Share of the focus that is cut off or under the text. */
  readonly lost: number
  /** The least possible with zoom down to 65 %. */
  readonly bestLost: number
  readonly textOk: boolean
}

const overlap = (a0: number, a1: number, b0: number, b1: number): number =>
  Math.max(0, Math.min(a1, b1) - Math.max(a0, b0))

const share = ([x, y, w, h]: Box, r: Frame): number =>
  (overlap(x, x + w, r.x, r.x + r.w) * overlap(y, y + h, r.y, r.y + r.h)) / (w * h)

/** Size of the largest rectangle of a ratio in a photo, in shares. */
export function largest(ratio: number, { width, height }: Annotation): { readonly w: number; readonly h: number } {
  const k = ratio / (width / height)
  return k >= 1 ? { w: 1, h: 1 / k } : { w: k, h: 1 }
}

/** The largest rectangle in the middle. */
export function centred(ratio: number, photo: Annotation): Frame {
  const size = largest(ratio, photo)
  return { x: (1 - size.w) / 2, y: (1 - size.h) / 2, ...size }
}

const bestShare = (box: Box, size: { w: number; h: number }): number =>
  Math.min(1, size.w / box[2]) * Math.min(1, size.h / box[3])

function union(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box[0]))
  const y = Math.min(...boxes.map((box) => box[1]))
  const right = Math.max(...boxes.map((box) => box[0] + box[2]))
  const bottom = Math.max(...boxes.map((box) => box[1] + box[3]))
  return [x, y, right - x, bottom - y]
}

const focusOf = ({ focus, faces, subject }: Annotation): Box => focus ?? (faces.length > 0 ? union(faces) : subject)

function holdable(faces: readonly Box[], size: { w: number; h: number }): number {
  const steps = 200
  let most = 0
  for (let i = 0; i <= steps && faces.length > 0; i += 1) {
    const frame = { x: ((1 - size.w) * i) / steps, y: ((1 - size.h) * i) / steps, ...size }
    most = Math.max(most, faces.filter((face) => share(face, frame) >= whole).length)
  }
  return most
}

const nowhere: Frame = { x: 0, y: 0, w: 1e-9, h: 1e-9 }

/** Judges one crop. */
export function judge(photo: Annotation, ratio: number, frame: Frame | undefined): Judgement {
  const size = largest(ratio, photo)
  const bad = frame === undefined || isBad(photo, ratio, frame)
  const r = bad || frame === undefined ? nowhere : frame
  const best = bestShare(photo.subject, size)
  const recall = share(photo.subject, r)
  const fits = best > 0.999
  const canHold = holdable(photo.faces, size)
  const kept = photo.faces.filter((face) => share(face, r) >= whole).length
  const focusBox = focusOf(photo)
  const focus = Math.min(1, share(focusBox, r) / bestShare(focusBox, size))
  const norm = Math.min(1, recall / best)
  const cut = fits && recall < whole
  return {
    bad,
    recall,
    norm,
    fits,
    cut,
    tight: fits && !cut && isTight(photo.subject, r),
    faces: photo.faces.length,
    kept,
    holdable: canHold,
    focus,
    clean: !bad && norm >= cleanShare && kept >= canHold && focus >= cleanShare,
    size: bad ? 0 : (r.w * r.h) / (size.w * size.h),
  }
}

function isBad({ width, height }: Annotation, ratio: number, r: Frame): boolean {
  return (
    ![r.x, r.y, r.w, r.h].every(Number.isFinite) ||
    Math.min(r.w, r.h) <= 0 ||
    Math.min(r.x, r.y) < -slack ||
    Math.max(r.x + r.w, r.y + r.h) > 1 + slack ||
    Math.abs((r.w * width) / (r.h * height) / ratio - 1) > 0.02
  )
}

/** Subjects that touch the photo's edge may touch the crop's there. */
function isTight([x, y, w, h]: Box, r: Frame): boolean {
  const axis = (start: number, length: number, from: number, extent: number): boolean => {
    const want = Math.min(0.03 * extent, (extent - length) * 0.25) - 1e-6
    const end = start + length
    const to = from + extent
    return (start > 0.03 && from > 1e-3 && start - from < want) || (end < 0.97 && to < 1 - 1e-3 && to - end < want)
  }
  return axis(x, w, r.x, r.w) || axis(y, h, r.y, r.h)
}

/** Judges one crop made for a headline on a side. */
export function judgeText(photo: Annotation, ratio: number, side: TextSide, frame: Frame | undefined): TextJudgement {
  const base = judge(photo, ratio, frame)
  const focus = focusOf(photo)
  const [zx, zy, zw, zh] = textZones[side]
  const loss = (r: Frame): number => {
    const zone = { x: r.x + zx * r.w, y: r.y + zy * r.h, w: zw * r.w, h: zh * r.h }
    return 1 - (share(focus, r) - share(focus, zone))
  }
  const size = largest(ratio, photo)
  let bestLost = 1
  for (let scale = 1; scale > 0.64; scale -= 0.05) {
    const [w, h] = [size.w * scale, size.h * scale]
    for (let i = 0; i <= 30; i += 1) {
      for (let j = 0; j <= 30; j += 1) {
        bestLost = Math.min(bestLost, loss({ x: ((1 - w) * i) / 30, y: ((1 - h) * j) / 30, w, h }))
      }
    }
  }
  const lost = base.bad || frame === undefined ? 1 : loss(frame)
  return { ...base, lost, bestLost, textOk: !base.bad && lost <= bestLost + 0.05 }
}
