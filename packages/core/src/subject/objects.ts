/** People, animals and vehicles as boxes, and where things are at all: what MediaPipe's object network says. */
import type { DetectedBox, RgbRaster } from '../types.ts'
import { type Anchor, listAnchors } from './anchors.ts'
import { exponential, sigmoid } from './exponential.ts'
import { lookOnce } from './look.ts'
import { mergeOverlapping, type Scored } from './merge.ts'
import type { Tensor } from './network/program.ts'
import { heatOf } from './object-heat.ts'
import type { ObjectNetwork } from './object-model.ts'
import { objectSettings as settings } from './object-settings.ts'
import type { Mask } from './person-mask.ts'
import { resample } from './resample.ts'
import { toBox } from './symmetric.ts'

/** What the network sees in a photo. */
export interface Objects {
  /** What it is sure of. */
  readonly boxes: readonly DetectedBox[]
  /** Where it sees anything, sure or not, the most 255. */
  readonly heat: Mask
}

/** Something that may be there, in shares of the photo counted from its middle. */
interface Candidate extends Scored {
  readonly name: string
}

/** Looks for objects. The photo is stretched to the network's square, as in its training. */
export function findObjects({ program, names }: ObjectNetwork, raster: RgbRaster): Objects {
  const { width, height } = program.input()
  const { outputs, isMirrored } = lookOnce(program, resample(raster, { width, height }), { black: -1, white: 1 })
  const [places, classes] = outputs
  const anchors = listAnchors()
  if (places?.width !== anchors.length || classes?.channels !== names.length)
    throw new Error('The object model has other outputs than expected.')
  const found = anchors.flatMap((anchor, index) => readCandidate(places, classes, names, anchor, index))
  const candidates = found.map((candidate) => (isMirrored ? mirror(candidate) : candidate))
  const kinds = [...new Set(settings.kinds.values())]
  const boxes = kinds.flatMap((kind) => {
    const ofKind = candidates.filter(({ name, score }) => settings.kinds.get(name) === kind && score >= settings.least)
    const merged = mergeOverlapping(ofKind, settings.mergeOverlap).filter(({ score }) => score >= settings.sure)
    return merged.map(({ score, numbers }): DetectedBox => ({ label: kind, score, box: boxOf(numbers) }))
  })
  return { boxes, heat: heatOf(candidates) }
}

/** What the network says of one box: the surest class, unless it is hardly sure or a part of a person. */
function readCandidate(
  places: Tensor,
  classes: Tensor,
  names: readonly string[],
  anchor: Anchor,
  index: number,
): Candidate[] {
  let [best, logit] = [0, settings.leastLogit]
  for (let kind = 1; kind < names.length; kind++) {
    const value = classes.values[index * classes.stride + kind] ?? 0
    if (value > logit) [best, logit] = [kind, value]
  }
  const name = names[best]
  if (best === 0 || name === undefined || settings.parts.has(name)) return []
  const [down = 0, across = 0, tall = 0, wide = 0] = places.values.subarray(index * places.stride)
  const x = anchor.x + (across / 10) * anchor.width
  const y = anchor.y + (down / 10) * anchor.height
  const halfWidth = (anchor.width * exponential(wide / 5)) / 2
  const halfHeight = (anchor.height * exponential(tall / 5)) / 2
  const [left, right] = [inside(x - halfWidth), inside(x + halfWidth)]
  const [top, bottom] = [inside(y - halfHeight), inside(y + halfHeight)]
  const numbers = [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top]
  return [{ name, score: sigmoid(logit), numbers }]
}

function inside(edge: number): number {
  return Math.min(0.5, Math.max(-0.5, edge))
}

function mirror(candidate: Candidate): Candidate {
  const [x = 0, ...rest] = candidate.numbers
  return { ...candidate, numbers: [-x, ...rest] }
}

function boxOf([x = 0, y = 0, width = 0, height = 0]: readonly number[]): DetectedBox['box'] {
  return toBox(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
}
