/** Keeps the store small: by age and by size, oldest use first. */

import { rm } from 'node:fs/promises'
import { sweepTemp } from './atomic-write.ts'
import type { Room } from './layout.ts'
import { listEntries, type StoredEntry } from './walk.ts'

/** What pruning may leave. Nothing goes for a limit that is not given. */
export interface PruneLimits {
  /** Entries unused for longer than this many milliseconds go. */
  readonly maxAgeMs?: number
  /** The least recently used entries go until at most this many bytes are left. */
  readonly maxBytes?: number
  /** The present, ms since 1970; default: the clock. */
  readonly now?: number
}

/** A number of entries and their size on disk. */
export interface StoreAmount {
  readonly entries: number
  readonly bytes: number
}

/** What pruning did. */
export interface PruneResult {
  readonly removed: StoreAmount
  readonly kept: StoreAmount
}

/** What is in a store. */
export interface StoreStats {
  readonly rooms: Readonly<Record<Room, StoreAmount>>
  /** First and last use of any entry, ms since 1970, exact to a day; absent when there is none. */
  readonly oldest?: number
  readonly newest?: number
}

/** Adds up entries. */
export function toAmount(entries: readonly StoredEntry[]): StoreAmount {
  return { entries: entries.length, bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** Decides which entries go. Pure. */
export function planPrune(entries: readonly StoredEntry[], limits: PruneLimits): readonly StoredEntry[] {
  const { maxAgeMs = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY, now = Date.now() } = limits
  const leastRecentFirst = entries.toSorted((a, b) => a.usedAt - b.usedAt)
  let bytes = toAmount(entries).bytes
  return leastRecentFirst.filter((entry) => {
    const goes = now - entry.usedAt > maxAgeMs || bytes > maxBytes
    if (goes) bytes -= entry.bytes
    return goes
  })
}

/**
 * Removes entries beyond the limits, and the temp files of killed processes. Safe beside running builds: to them an
 * entry that vanishes is a miss. An entry that the system does not let go counts as kept.
 */
export async function pruneStore(dir: string, limits: PruneLimits = {}): Promise<PruneResult> {
  await sweepTemp(dir, limits.now)
  const entries = await listEntries(dir)
  const removed = await removeEntries(planPrune(entries, limits))
  const gone = new Set(removed)
  return { removed: toAmount(removed), kept: toAmount(entries.filter((entry) => !gone.has(entry))) }
}

/** Removes the files and gives the entries that are gone now. */
export async function removeEntries(entries: readonly StoredEntry[]): Promise<readonly StoredEntry[]> {
  const gone: StoredEntry[] = []
  for (const entry of entries) {
    const removed = await rm(entry.file, { force: true }).then(
      () => true,
      () => false,
    )
    if (removed) gone.push(entry)
  }
  return gone
}

/** Counts what is in the store in `dir`; a folder without a store is an empty one. */
export async function storeStats(dir: string): Promise<StoreStats> {
  const entries = await listEntries(dir)
  const amountIn = (room: Room): StoreAmount => toAmount(entries.filter((entry) => entry.room === room))
  const amounts = { variant: amountIn('variant'), analysis: amountIn('analysis'), plan: amountIn('plan') }
  const uses = entries.map(({ usedAt }) => usedAt).toSorted((a, b) => a - b)
  const [oldest, newest] = [uses.at(0), uses.at(-1)]
  return oldest === undefined || newest === undefined ? { rooms: amounts } : { rooms: amounts, oldest, newest }
}
