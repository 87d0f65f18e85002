/** Where the object network sees something, whatever it is: it has no word for lighthouses and bears, but many half-sure boxes around them. */
import type { Scored } from './merge.ts'
import { objectSettings } from './object-settings.ts'
import type { Mask } from './person-mask.ts'

/** Squared certainties of all boxes, added up in every cell that has its middle inside; the most is 255. Boxes are counted from the middle of the photo. */
export function heatOf(boxes: readonly Scored[]): Mask {
  const { cells } = objectSettings
  const sums = new Float64Array(cells * cells)
  for (const { score, numbers } of boxes) {
    const [x = 0, y = 0, width = 0, height = 0] = numbers
    const [left, right] = cellsIn(x, width, cells)
    const [top, bottom] = cellsIn(y, height, cells)
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const cell = row * cells + column
        sums[cell] = (sums[cell] ?? 0) + score * score
      }
    }
  }
  const most = sums.reduce((top, sum) => Math.max(top, sum), 0)
  return { width: cells, height: cells, data: Uint8Array.from(sums, (sum) => Math.round((sum * 255) / (most || 1))) }
}

/** First and last cell whose middle lies inside. */
function cellsIn(middle: number, length: number, cells: number): [first: number, last: number] {
  const toCell = (edge: number): number => (edge + 0.5) * cells - 0.5
  return [Math.ceil(toCell(middle - length / 2)), Math.floor(toCell(middle + length / 2))]
}
