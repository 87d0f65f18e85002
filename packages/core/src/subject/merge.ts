/** Many boxes around one thing become one: weighted non-maximum suppression. */

/** A box that a network sees, with how sure it is. */
export interface Scored {
  readonly score: number
  /** Middle x and y, width, height; whatever follows is averaged likewise. */
  readonly numbers: readonly number[]
}

/** The surest box takes the mean, by score, of all that overlap it by more than so much (intersection over union); likewise the rest. The surest first. */
export function mergeOverlapping<Box extends Scored>(boxes: readonly Box[], most: number): Box[] {
  const merged: Box[] = []
  let rest = boxes.toSorted((a, b) => b.score - a.score)
  for (let [surest] = rest; surest !== undefined; [surest] = rest) {
    const best = surest
    const group = rest.filter((box) => box === best || overlap(box, best) > most)
    const total = group.reduce((sum, { score }) => sum + score, 0)
    const numbers = best.numbers.map((_, index) => {
      return group.reduce((sum, box) => sum + (box.numbers[index] ?? 0) * box.score, 0) / total
    })
    merged.push({ ...best, numbers })
    rest = rest.filter((box) => !group.includes(box))
  }
  return merged
}

/** Intersection over union. */
function overlap(a: Scored, b: Scored): number {
  const [ax = 0, ay = 0, aw = 0, ah = 0] = a.numbers
  const [bx = 0, by = 0, bw = 0, bh = 0] = b.numbers
  const width = Math.min(ax + aw / 2, bx + bw / 2) - Math.max(ax - aw / 2, bx - bw / 2)
  const height = Math.min(ay + ah / 2, by + bh / 2) - Math.max(ay - ah / 2, by - bh / 2)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / (aw * ah + bw * bh - width * height)
}
