/** Which of the found boxes are the subject: the one that matters most, and those of its kind that are not much less. */
import type { DetectedBox, SubjectBox } from '../types.ts'
import { shareOfSmaller } from './overlap.ts'
import type { SharpnessMeter } from './sharpness.ts'
import { kindWeight, groupSettings as settings } from './weights.ts'

type Boxed = Pick<SubjectBox, 'box'>

interface Ranked extends SubjectBox {
  readonly rank: number
}

/** The boxes of the subject, the most important first; its faces before all. */
export function groupBoxes(detections: readonly DetectedBox[], sharpness: SharpnessMeter): readonly SubjectBox[] {
  const ranked = detections.map((detection) => rank(detection, detections, sharpness))
  const wholes = ranked.filter(({ kind }) => kind !== 'face')
  const loneFaces = ranked.filter((face) => face.kind === 'face' && !wholes.some((whole) => isInside(face, whole)))
  const [primary] = [...wholes, ...loneFaces].sort((a, b) => b.rank - a.rank)
  if (primary === undefined) return []
  const isPeer = (other: Ranked): boolean =>
    other === primary ||
    ((isAlike(other, primary) || shareOfSmaller(other.box, primary.box) >= settings.entangled) &&
      other.rank >= primary.rank * settings.peerShare)
  const subjects = [...wholes, ...loneFaces].filter(isPeer)
  const largest = Math.max(...ranked.map((box) => (box.kind === 'face' ? box.box.height : 0)))
  const faces = ranked.filter((face) => {
    if (face.kind !== 'face') return false
    if (subjects.includes(face)) return true
    return subjects.some((subject) => isInside(face, subject)) && face.box.height >= largest * settings.leastFace
  })
  const bodies = subjects.filter(({ kind }) => kind !== 'face')
  return [...faces.sort(byRank), ...bodies.sort(byRank)].map(({ rank: _, ...box }) => box)
}

function byRank(a: Ranked, b: Ranked): number {
  return b.rank - a.rank
}

function rank(detection: DetectedBox, all: readonly DetectedBox[], meter: SharpnessMeter): Ranked {
  const { label: kind, score, box, points } = detection
  const sharpness = meter.of(box)
  const x = Math.abs(box.x + box.width / 2 - 0.5)
  const y = Math.abs(box.y + box.height / 2 - 0.5)
  const central = 1 - settings.offCentre * (x * x + y * y)
  const isFace = kind === 'face'
  const hasFace = isFace || all.some((other) => other.label === 'face' && isInside(other, detection))
  const area = box.width * box.height * (isFace ? settings.bodyPerFace : 1)
  const sharp = settings.blurred + (1 - settings.blurred) * sharpness
  const weight = kindWeight(kind)
  const importance = isFace ? kindWeight('person') : weight
  // People are not ranked by what a network finds easy.
  const certainty = isFace || kind === 'person' ? 1 : score
  return {
    kind,
    box,
    weight,
    score: Math.round(score * 1000) / 1000,
    ...(points === undefined ? {} : { points }),
    sharpness,
    rank: importance * certainty * Math.sqrt(Math.min(1, area)) * central * (hasFace ? settings.faceBonus : 1) * sharp,
  }
}

/** True when the middle of the first lies in the second. */
function isInside(inner: Boxed, outer: Boxed): boolean {
  const x = inner.box.x + inner.box.width / 2 - outer.box.x
  const y = inner.box.y + inner.box.height / 2 - outer.box.y
  return x >= 0 && x <= outer.box.width && y >= 0 && y <= outer.box.height
}

/** People are of one kind, with and without a body. */
function isAlike(a: SubjectBox, b: SubjectBox): boolean {
  const human = ['face', 'person']
  return a.kind === b.kind || (human.includes(a.kind) && human.includes(b.kind))
}
