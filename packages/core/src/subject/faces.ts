/** Faces, found by MediaPipe's full-range model: decoded and merged as MediaPipe's own graph does. */
import type { DetectedBox, FocalPoint, RgbRaster } from '../types.ts'
import { sigmoid } from './exponential.ts'
import { lookTwice } from './look.ts'
import { mergeOverlapping, type Scored } from './merge.ts'
import type { Program, Tensor } from './network/program.ts'
import { evenSizeInside, resample } from './resample.ts'
import { roundOffset, toBox } from './symmetric.ts'
import { faceSettings } from './weights.ts'

/** Right eye, left eye, nose, mouth, right ear, left ear: in a mirror, right is left. */
const mirroredPoints = [1, 0, 2, 3, 5, 4]

/** Finds faces, the surest first. */
export function findFaces(program: Program, raster: RgbRaster): readonly DetectedBox[] {
  const input = program.input()
  const size = evenSizeInside(raster, input.width)
  const { straight, mirrored } = lookTwice(program, resample(raster, size), { black: -1, white: 1 })
  const faces = mergeOverlapping(readFaces(straight, mirrored, input.width), faceSettings.mergeOverlap)
  return faces.map(({ score, numbers }) => {
    const [x = 0, y = 0, width = 0, height = 0, ...points] = numbers
    const top = y - height * (0.5 + faceSettings.hairline)
    const bottom = y + height * (0.5 + faceSettings.chin)
    const half = width * (0.5 - faceSettings.cheek)
    const across = (value: number): number => value / size.width
    const down = (value: number): number => value / size.height
    return {
      label: 'face',
      score,
      box: toBox(across(x - half), down(top), across(x + half), down(bottom)),
      points: Array.from({ length: points.length / 2 }, (_, index): FocalPoint => {
        return { x: toShare(across(points[2 * index] ?? 0)), y: toShare(down(points[2 * index + 1] ?? 0)) }
      }),
    }
  })
}

function toShare(offset: number): number {
  return roundOffset(Math.min(0.5, Math.max(-0.5, offset))) + 0.5
}

/** Every cell of the grid that is sure enough, with the mean of both looks, in pixels of the network's input from its middle: box, then six points. */
function readFaces(straight: readonly Tensor[], mirrored: readonly Tensor[], side: number): Scored[] {
  const [boxes, scores] = straight
  const [boxesBack, scoresBack] = mirrored
  if (boxes === undefined || scores === undefined || boxesBack === undefined || scoresBack === undefined)
    throw new Error('The face model has other outputs than expected.')
  const cells = Math.round(Math.sqrt(scores.width))
  const cell = side / cells
  const faces: Scored[] = []
  for (let index = 0; index < cells * cells; index++) {
    const column = index % cells
    const back = index - column + (cells - 1 - column)
    const logit = ((scores.values[index * scores.stride] ?? 0) + (scoresBack.values[back * scores.stride] ?? 0)) / 2
    if (logit < faceSettings.leastLogit) continue
    const at = (field: number): number => boxes.values[index * boxes.stride + field] ?? 0
    const atBack = (field: number): number => boxesBack.values[back * boxes.stride + field] ?? 0
    const middleX = (column + 0.5) * cell - side / 2
    const middleY = ((index - column) / cells + 0.5) * cell - side / 2
    const numbers = [
      middleX + (at(0) - atBack(0)) / 2,
      middleY + (at(1) + atBack(1)) / 2,
      (at(2) + atBack(2)) / 2,
      (at(3) + atBack(3)) / 2,
      ...mirroredPoints.flatMap((other, point) => [
        middleX + (at(4 + 2 * point) - atBack(4 + 2 * other)) / 2,
        middleY + (at(5 + 2 * point) + atBack(5 + 2 * other)) / 2,
      ]),
    ]
    faces.push({ score: sigmoid(logit), numbers })
  }
  return faces
}
