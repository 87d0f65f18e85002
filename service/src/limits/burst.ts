/** Bursts: requests counted in the memory of this process, since a look into the database would cost more than most requests do. */
import type { Clock } from '../clock.ts'
import { toWindow } from './subject.ts'

/** What is left after a request. */
export interface Allowance {
  readonly allowed: boolean
  readonly limit: number
  readonly remaining: number
  /** Seconds until the window ends. */
  readonly resetSeconds: number
}

/** More senders in one window than this are an attack: all further ones share a count, and memory stays bounded. */
const mostSenders = 50_000

/** Counts requests per sender in fixed windows. */
export function createBurstLimit({ now }: Clock, limit: number, windowMs: number): (sender: string) => Allowance {
  let counts = new Map<string, number>()
  let windowStart = 0
  return (sender) => {
    const at = now()
    const { start, end } = toWindow(at, windowMs)
    if (start !== windowStart) {
      counts = new Map()
      windowStart = start
    }
    const key = counts.has(sender) || counts.size < mostSenders ? sender : ''
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return {
      allowed: count <= limit,
      limit,
      remaining: Math.max(0, limit - count),
      resetSeconds: toSeconds(end, at),
    }
  }
}

/** Whole seconds until a moment, at least one. */
export function toSeconds(end: Date, at: Date): number {
  return Math.max(1, Math.ceil((end.getTime() - at.getTime()) / 1000))
}
