/** Counts what a build does and says it: an estimate before long work, progress, one summary line. */
import { relative, sep } from 'node:path'
import { estimateSeconds, type Plan, toLookLine, type Variant } from '@hero-image/core'
import type { Log } from './session.ts'

/** What happened in a build so far. */
export interface Report {
  /** A variant was encoded. */
  made(variant: Variant, file: string, bytes: number, ms: number): void
  /** A variant was put into the output; `crops` are the names of the crops that use it. */
  shipped(variant: Variant, bytes: number, crops: readonly string[]): void
  /** A plan with at least one shipped variant. */
  planned(plan: Plan): void
  /** Says how long the missing files will take, when that is long. */
  announce(missing: readonly Variant[], total: number, jobs: number): void
  /**
   * Ends the build: prints the summary and starts counting anew. Silent when nothing was shipped.
   *
   * @param ms time that the build took on pictures
   * @default since the last build
   */
  finish(ms?: number): void
}

/** Files between two progress lines where there is no terminal. */
const linesEvery = 25

/**
 * A report that writes to the host's log; the moving progress line needs a terminal.
 *
 * @param root absolute path of the project; photos are named relative to it
 */
export function createReport(
  log: Log,
  root: string,
  detail: 'summary' | 'table' | 'silent',
  terminal: NodeJS.WriteStream = process.stderr,
): Report {
  let state = emptyState()
  const live = terminal.isTTY === true && process.env.CI === undefined

  const progress = (): void => {
    if (state.expected === 0 || detail === 'silent') return
    const text = `hero-image: ${state.made.size} of ${state.expected} files made`
    if (live) terminal.write(`\r\u001b[2K${text}`)
    else if (state.made.size % linesEvery === 0) log.info(text)
  }

  return {
    made(variant, _file, _bytes, ms) {
      state.made.set(variant.key, ms)
      progress()
    },
    shipped(variant, bytes, crops) {
      state.shipped.set(variant.name, { variant, bytes, crops })
    },
    planned(plan) {
      // Loaders plan an import anew for each of its files.
      state.plans.set(JSON.stringify([plan.file, plan.preset, plan.crops]), plan)
    },
    announce(missing, total, jobs) {
      if (missing.length === 0) return
      state.expected = state.made.size + missing.length
      const seconds = Math.round(estimateSeconds(missing, jobs))
      if (seconds >= 5 && detail !== 'silent')
        log.info(
          `hero-image: ${missing.length} of ${total} files to make, about ${seconds} s; next time they come from the cache`,
        )
    },
    finish(ms) {
      if (live && state.expected > 0) terminal.write('\r\u001b[2K')
      if (state.shipped.size > 0 && detail === 'table') for (const line of table(state)) log.info(line)
      if (state.shipped.size > 0 && detail !== 'silent') {
        log.info(summary(state, ms))
        const look = toLookLine([...state.plans.values()], (file) => relative(root, file).split(sep).join('/'))
        if (look !== undefined) log.info(`hero-image: ${look}`)
      }
      state = emptyState()
    },
  }
}

interface Shipped {
  readonly variant: Variant
  readonly bytes: number
  readonly crops: readonly string[]
}

interface State {
  readonly started: number
  /** Milliseconds by key. */
  readonly made: Map<string, number>
  readonly shipped: Map<string, Shipped>
  readonly plans: Map<string, Plan>
  expected: number
}

function emptyState(): State {
  return {
    started: performance.now(),
    made: new Map(),
    shipped: new Map(),
    plans: new Map(),
    expected: 0,
  }
}

function summary(state: State, ms = performance.now() - state.started): string {
  const sources = new Map([...state.plans.values()].map(({ file, facts }) => [file, facts.bytes]))
  const before = sum(sources.values())
  const after = sum([...state.shipped.values()].map(({ bytes }) => bytes))
  // Files begun for imports that turned out to be unused are made too, but are no part of the output.
  const made = [...state.shipped.values()].filter(({ variant }) => state.made.has(variant.key)).length
  const seconds = (ms / 1000).toFixed(1)
  return (
    `hero-image: ${count(sources.size, 'photo')} → ${count(state.shipped.size, 'file')} ` +
    `(${made} made, ${state.shipped.size - made} cached), ${toSize(before)} → ${toSize(after)}, ${seconds} s`
  )
}

function table(state: State): string[] {
  // Files are handed over as they are made; a reader wants them photo by photo.
  const sorted = [...state.shipped.values()].sort((a, b) => compare(sortKey(a), sortKey(b)))
  const rows = sorted.map(({ variant, bytes, crops }) => {
    const ms = state.made.get(variant.key)
    return [
      variant.name,
      crops.join(' '),
      String(variant.width),
      variant.format,
      toSize(bytes),
      ms === undefined ? 'cached' : `made in ${Math.round(ms)} ms`,
    ]
  })
  const all = [['file', 'crop', 'width', 'format', 'bytes', ''], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  const isNumber = (column: number): boolean => column === 2 || column === 4
  return all.map((row) =>
    row
      .map((cell, column) => (isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

function sortKey({ variant, crops }: Shipped): string {
  return [variant.source, crops.join(), variant.format, String(variant.width).padStart(6, '0')].join(' ')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0)
}

/** Bytes for people: `812 kB`, `3.4 MB`. */
export function toSize(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
