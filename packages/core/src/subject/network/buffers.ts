/** Places buffers that live one after the other in the same memory. */

/** Bytes that are needed from one step to another, both included. */
export interface BufferNeed {
  readonly bytes: number
  readonly first: number
  readonly last: number
}

/** An offset for every need, in their order, and the bytes of all together: the largest first, each at the lowest place that is free while it lives. */
export function planBuffers(needs: readonly BufferNeed[]): { offsets: readonly number[]; bytes: number } {
  const placed: { start: number; end: number; need: BufferNeed }[] = []
  const offsets = needs.map(() => 0)
  const largestFirst = needs.map((need, index) => ({ need, index })).sort((a, b) => b.need.bytes - a.need.bytes)
  for (const { need, index } of largestFirst) {
    const size = Math.ceil(need.bytes / 16) * 16
    let start = 0
    for (const other of placed) {
      const isApart = other.need.last < need.first || other.need.first > need.last
      if (!isApart && other.start < start + size) start = Math.max(start, other.end)
    }
    offsets[index] = start
    placed.push({ start, end: start + size, need })
    placed.sort((a, b) => a.start - b.start)
  }
  return { offsets, bytes: placed.reduce((most, { end }) => Math.max(most, end), 0) }
}
