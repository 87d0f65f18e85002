/** The flood of Boolean Map Saliency: integers but for the sums, so exact anywhere. */

/**
 * One cut through a channel of bytes for Boolean Map Saliency: whatever lies on one side of `level` and does not hang together with the picture's edge is
 * added to `sums` (64-bit floats), both sides with a total energy of one each.
 *
 * `framed` has room for a frame of one byte around the picture, all zeros before the first cut; `stack` has room for all pixels, 4 bytes each.
 */
export function cut(
  channel: usize,
  framed: usize,
  stack: usize,
  sums: usize,
  width: usize,
  height: usize,
  level: i32,
): void {
  const line = width + 2
  let above = 0
  for (let y: usize = 0; y < height; y++) {
    const from = channel + y * width
    const to = framed + (y + 1) * line + 1
    for (let x: usize = 0; x < width; x++) {
      const isAbove = <i32>(<i32>load<u8>(from + x) >= level)
      store<u8>(to + x, 2 - isAbove)
      above += isAbove
    }
  }
  const pixels = <i32>(width * height)
  const surroundedAbove = above - takeAway(framed, stack, width, height, 1)
  const surroundedBelow = pixels - above - takeAway(framed, stack, width, height, 2)
  if (surroundedAbove + surroundedBelow === 0) return
  const shareAbove: f64 = surroundedAbove === 0 ? 0 : 1 / sqrt<f64>(surroundedAbove)
  const shareBelow: f64 = surroundedBelow === 0 ? 0 : 1 / sqrt<f64>(surroundedBelow)
  for (let y: usize = 0; y < height; y++) {
    const from = framed + (y + 1) * line + 1
    const to = sums + y * width * 8
    for (let x: usize = 0; x < width; x++) {
      const side = load<u8>(from + x)
      if (side === 0) continue
      const at = to + x * 8
      store<f64>(at, load<f64>(at) + (side === 1 ? shareAbove : shareBelow))
    }
  }
}

/** Clears all pixels of one side that hang together with the picture's edge, and counts them. */
function takeAway(framed: usize, stack: usize, width: usize, height: usize, side: u8): i32 {
  const line = width + 2
  let top = stack
  for (let x: usize = 1; x <= width; x++) {
    top = take(framed + line + x, side, top)
    top = take(framed + height * line + x, side, top)
  }
  for (let y: usize = 1; y <= height; y++) {
    top = take(framed + y * line + 1, side, top)
    top = take(framed + y * line + width, side, top)
  }
  let taken = 0
  while (top > stack) {
    top -= 4
    taken += 1
    const pixel: usize = load<u32>(top)
    top = take(pixel - 1, side, top)
    top = take(pixel + 1, side, top)
    top = take(pixel - line, side, top)
    top = take(pixel + line, side, top)
  }
  return taken
}

/** Clears a pixel of this side and remembers it. Gives the new top of the stack. */
function take(pixel: usize, side: u8, top: usize): usize {
  if (load<u8>(pixel) !== side) return top
  store<u8>(pixel, 0)
  store<u32>(top, <u32>pixel)
  return top + 4
}
