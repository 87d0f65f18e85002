/** What a crop should hold, from what was found: faces become heads and eyes, people become whole people. Pure. */
import type { FocalPoint, Subject, SubjectBox } from '../types.ts'
import { type Frame, grow, shareWithin, toFrame } from './frame.ts'
import { wants as table, type WantWeight } from './weights.ts'

/** One thing that should be inside. */
export interface Want {
  readonly frame: Frame
  readonly weight: number
  /** Its weight where a headline takes room. */
  readonly beside: number
  /** Credit for being whole there, above what is seen of it. */
  readonly besideWhole: number
  readonly whole: number
  /** Width of the soft edge, in shares of the photo. */
  readonly softX: number
  readonly softY: number
}

/** Everything that should be inside, with weights that add up to no more than the table's where several boxes share them. */
export function wantsOf(subject: Subject): Want[] {
  const importance = importances(subject.boxes)
  const faces = subject.boxes.filter(({ kind }) => kind === 'face')
  const people = subject.boxes.filter(({ kind }) => kind === 'person').map(({ box }) => toFrame(box))
  return subject.boxes.flatMap((box, index): Want[] => {
    const share = importance[index] ?? 0
    const frame = toFrame(box.box)
    if (box.kind === 'face') return faceWants(frame, hairline(frame, people), box.points, share)
    const headless = headed.has(box.kind) && !faces.some((face) => isHeadOf(toFrame(face.box), frame))
    return [
      want(frame, box.kind === 'salient' ? table.salient : table.body, share),
      ...(headless
        ? [want({ ...frame, bottom: frame.top + (frame.bottom - frame.top) * 0.35 }, table.upper, share)]
        : []),
    ]
  })
}

/** What has its head on top: the finder calls people `figure` where it sees no face. */
const headed: ReadonlySet<string> = new Set(['person', 'figure'])

/**
 * Importance of each box among those of its kind, 1 for all together: weight, size and sharpness. How sure the detector is counts for things only:
 * people are not ranked by what a network finds easy.
 */
function importances(boxes: readonly SubjectBox[]): number[] {
  const raw = boxes.map(({ kind, box, weight, score = 1, sharpness = 1 }) => {
    const size = Math.max(leastSide, Math.sqrt(box.width * box.height))
    return weight * size * (0.3 + 0.7 * sharpness) * (kind === 'face' || kind === 'person' ? 1 : score)
  })
  const isFace = (index: number): boolean => boxes[index]?.kind === 'face'
  const total = (faces: boolean): number =>
    raw.reduce((sum, value, index) => sum + (isFace(index) === faces ? value : 0), 0)
  const [ofFaces, ofOthers] = [total(true), total(false)]
  return raw.map((value, index) => value / Math.max(isFace(index) ? ofFaces : ofOthers, 1e-12))
}

/** Points have no size. */
const leastSide = 0.02

function faceWants(frame: Frame, top: number, points: readonly FocalPoint[] | undefined, share: number): Want[] {
  const height = frame.bottom - frame.top
  const eyes = points?.slice(0, 2) ?? []
  const line = eyes.length === 2 ? eyes.reduce((sum, { y }) => sum + y / 2, 0) : frame.top + height * 0.45
  return [
    want(frame, table.face, share),
    want({ ...grow(frame, { left: 0.15, top: 0, right: 0.15, bottom: 0.1 }), top }, table.head, share),
    want(
      { ...frame, top: Math.max(0, line - height * 0.15), bottom: Math.min(1, line + height * 0.15) },
      table.eyes,
      share,
    ),
    want({ ...grow(frame, { left: 0.6, top: 0, right: 0.6, bottom: 1.2 }), top }, table.bust, share),
  ]
}

/** Where the hair ends: a third of the face above it, or less where the person's mask ends before. */
function hairline(face: Frame, people: readonly Frame[]): number {
  const guess = Math.max(0, face.top - (face.bottom - face.top) * 0.3)
  const own = people.filter((person) => isHeadOf(face, person) && person.top <= face.top)
  return own.reduce((top, person) => Math.max(top, person.top), guess)
}

function want(frame: Frame, { weight, beside, besideWhole, whole, soft }: WantWeight, share: number): Want {
  return {
    frame,
    weight: weight * share,
    beside: beside * share,
    besideWhole,
    whole,
    softX: soft * (frame.right - frame.left),
    softY: soft * (frame.bottom - frame.top),
  }
}

/** A face belongs to a person when most of it lies in the upper half. */
function isHeadOf(face: Frame, person: Frame): boolean {
  return shareWithin(face, { ...person, bottom: (person.top + person.bottom) / 2 }) > 0.6
}
