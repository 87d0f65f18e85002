/** What the clients of the crash test do: planned from a seed alone, so that a run can be repeated, and an operation that was cut off be done again. */
import { createHash } from 'node:crypto'

/** One operation. `target` is the number of an earlier one; whether that had any effect is not known here. */
export type Planned =
  | { readonly type: 'topup'; readonly wallet: number; readonly credits: number; readonly orderId: string }
  | { readonly type: 'grant'; readonly wallet: number; readonly credits: number; readonly orderId: string }
  | { readonly type: 'reserve'; readonly wallet: number; readonly credits: number; readonly isShort: boolean }
  | { readonly type: 'close'; readonly target: number; readonly actual: number }
  | { readonly type: 'reverse'; readonly target: number; readonly credits: number }
  /** The same once more: it has to have the same result. */
  | { readonly type: 'again'; readonly target: number }
  /** Its key for something else: it has to be refused. */
  | { readonly type: 'misuse'; readonly target: number }

export interface Plan {
  readonly seed: number
  readonly operations: number
  /** Sequences that are done side by side; operation n belongs to lane n modulo this. */
  readonly lanes: number
  readonly wallets: number
}

/** Shares of the types of operations, in percent. */
const shares = [
  ['topup', 12],
  ['grant', 4],
  ['reserve', 36],
  ['close', 32],
  ['reverse', 4],
  ['again', 8],
  ['misuse', 4],
] as const

/** Key of an operation. */
export function keyOf({ seed }: Plan, index: number): string {
  return `crash ${seed} ${index}`
}

/** The whole plan. */
export function planOperations(plan: Plan): readonly Planned[] {
  const planned: Planned[] = []
  for (let index = 0; index < plan.operations; index += 1) planned.push(planOne(plan, index, planned))
  return planned
}

function planOne({ seed, lanes, wallets }: Plan, index: number, before: readonly Planned[]): Planned {
  const digest = createHash('sha256').update(`${seed} ${index}`).digest()
  const below = (place: number, end: number): number => digest.readUInt32LE(place * 4) % end
  const wallet = below(1, wallets)
  const topup = { type: 'topup', wallet, credits: 1 + below(2, 60), orderId: toUuid(digest) } as const
  const type = pickType(below(0, 100))
  // Something of the last eight hundred operations, whoever did it.
  const anyLane = (wanted: readonly Planned['type'][]) => findBack(before, index - 1 - below(3, 800), 1, wanted)
  // Something that this lane has done: it is over by then.
  const ownLane = (wanted: readonly Planned['type'][]) => findBack(before, index - lanes, lanes, wanted)
  if (type === 'grant') return { ...topup, type }
  if (type === 'reserve') return { type, wallet, credits: 1 + below(2, 60), isShort: below(4, 4) === 0 }
  if (type === 'close') {
    const target = anyLane(['reserve'])
    const hold = target === undefined ? undefined : before[target]
    if (target === undefined || hold?.type !== 'reserve') return topup
    // Sometimes more than there is.
    return { type, target, actual: below(2, Math.ceil(hold.credits * 1.1) + 1) }
  }
  if (type === 'reverse') {
    const target = anyLane(['topup'])
    return target === undefined ? topup : { type, target, credits: 1 + below(2, 100) }
  }
  if (type === 'again') {
    const target = ownLane(['topup', 'grant', 'reserve', 'reverse'])
    return target === undefined ? topup : { type, target }
  }
  if (type === 'misuse') {
    const target = ownLane(['topup', 'grant'])
    return target === undefined ? topup : { type, target }
  }
  return topup
}

function pickType(percent: number): Planned['type'] {
  let end = 0
  for (const [type, share] of shares) {
    end += share
    if (percent < end) return type
  }
  return 'topup'
}

function findBack(
  planned: readonly Planned[],
  from: number,
  step: number,
  wanted: readonly Planned['type'][],
): number | undefined {
  for (let index = from; index >= 0; index -= step) {
    const type = planned[index]?.type
    if (type !== undefined && wanted.includes(type)) return index
  }
  return undefined
}

function toUuid(digest: Buffer): string {
  return digest.toString('hex', 16, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
