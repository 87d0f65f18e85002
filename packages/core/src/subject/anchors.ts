/** The boxes that the object network starts from: it says of each how far the thing in it is off. As in TensorFlow's SSD, whose settings it was trained with. */

/** A box: its middle, counted from the middle of the picture, and its sides; all in shares of the picture. */
export interface Anchor {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Cells a side of each grid, the finest first, and the side of its boxes: from a fifth of the picture to nearly all of it. */
const grids = [19, 10, 5, 3, 2, 1]
const sides = [0.2, 0.35, 0.5, 0.65, 0.8, 0.95]

/** Width over height. */
const ratios = [1, 2, 1 / 2, 3, 1 / 3]

let anchors: readonly Anchor[] | undefined

/** All boxes in the order of the network's answers: grid by grid, row by row, and in each cell all shapes. Made on first use: few builds ask for them. */
export function listAnchors(): readonly Anchor[] {
  anchors ??= grids.flatMap((cells, grid) => {
    const shapes = shapesOf(grid)
    return Array.from({ length: cells * cells }, (_, cell) => {
      const column = cell % cells
      const x = (column + 0.5) / cells - 0.5
      const y = ((cell - column) / cells + 0.5) / cells - 0.5
      return shapes.map(([width, height]): Anchor => ({ x, y, width, height }))
    }).flat()
  })
  return anchors
}

/** The finest grid has three shapes, one of them small; the others have one more square, between their own side and the next. */
function shapesOf(grid: number): readonly (readonly [width: number, height: number])[] {
  const side = sides[grid] ?? 1
  const shapes = ratios.map((ratio) => [side * Math.sqrt(ratio), side / Math.sqrt(ratio)] as const)
  if (grid === 0) return [[0.1, 0.1], ...shapes.slice(1, 3)]
  const between = Math.sqrt(side * (sides[grid + 1] ?? 1))
  return [...shapes, [between, between]]
}
