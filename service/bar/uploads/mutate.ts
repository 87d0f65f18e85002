/** Spoils files, the same way for the same seed. */

/** A stream of numbers below a bound. */
export type Random = (below: number) => number

/** Numbers from a seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(below, 1)
  }
}

type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer

/** Numbers that break arithmetic. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]

const mutations: readonly Mutation[] = [
  // Single bits.
  (bytes, random) => change(bytes, 1 + random(8), random, (byte) => byte ^ (1 << random(8))),
  // Bytes, anywhere and in the header.
  (bytes, random) => change(bytes, 1 + random(40), random, () => random(256)),
  (bytes, random) =>
    change(
      bytes,
      1 + random(4),
      (below) => random(Math.min(below, 64)),
      () => random(256),
    ),
  // Lengths and sizes.
  (bytes, random) => {
    const copy = Buffer.from(bytes)
    const edge = edges[random(edges.length)] ?? 0
    if (copy.length >= 4)
      copy.writeUInt32BE(edge, random(Math.min(copy.length - 3, random(2) === 0 ? 80 : copy.length)))
    return copy
  },
  (bytes, random) => {
    const copy = Buffer.from(bytes)
    const edge = (edges[random(edges.length)] ?? 0) & 0xffff
    if (copy.length >= 2) copy.writeUInt16LE(edge, random(copy.length - 1))
    return copy
  },
  // Pieces cut off, taken out, doubled, moved, blanked.
  (bytes, random) => bytes.subarray(0, random(bytes.length)),
  (bytes, random) => bytes.subarray(random(bytes.length)),
  (bytes, random) => {
    const [from, to] = piece(bytes, random)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
  },
  (bytes, random) => {
    const [from, to] = piece(bytes, random)
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)])
  },
  (bytes, random) => {
    const [from, to] = piece(bytes, random)
    return Buffer.from(bytes).fill(random(256), from, to)
  },
  (bytes, random) => {
    const [from, to] = piece(bytes, random)
    const noise = Buffer.from(Array.from({ length: to - from }, () => random(256)))
    return Buffer.concat([bytes.subarray(0, from), noise, bytes.subarray(from)])
  },
  // The head of one file on the body of another, and one behind the other.
  (bytes, random, other) =>
    Buffer.concat([bytes.subarray(0, random(bytes.length)), other.subarray(random(other.length))]),
  (bytes, _random, other) => Buffer.concat([bytes, other]),
]

/** Spoils a file in up to three ways. */
export function mutate(bytes: Buffer, random: Random, other: Buffer): Buffer {
  let spoilt = bytes
  for (let times = 1 + random(3); times > 0; times--) {
    spoilt = mutations[random(mutations.length)]?.(spoilt, random, other) ?? spoilt
  }
  return spoilt
}

function change(bytes: Buffer, times: number, place: Random, to: (byte: number) => number): Buffer {
  const copy = Buffer.from(bytes)
  for (; times > 0 && copy.length > 0; times--) {
    const index = place(copy.length)
    copy[index] = to(copy[index] ?? 0)
  }
  return copy
}

function piece(bytes: Buffer, random: Random): [number, number] {
  const from = random(bytes.length)
  return [from, from + random(Math.min(bytes.length - from, 400))]
}
