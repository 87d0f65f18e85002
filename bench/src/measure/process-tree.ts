/** Memory and CPU of a process with all its descendants, read from `/proc`. */
import { readdirSync, readFileSync } from 'node:fs'

const pageBytes = 4096
const ticksPerSecond = 100

/** Resident bytes (RSS) of all descendants of a process, the process itself not counted. Pages shared by two processes count twice. */
export function descendantsRss(pid: number): number {
  return childrenOf(pid).reduce((sum, child) => sum + rssOf(child) + descendantsRss(child), 0)
}

/** All descendants of a process, the process itself not counted. */
export function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)])
}

/** CPU seconds of one process so far, without its children; `undefined` when it has ended. */
export function cpuOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is a name in parentheses that may contain anything; user and system time are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  } catch {
    return undefined
  }
}

function childrenOf(pid: number): number[] {
  // A process may end between two reads.
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    return threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    )
  } catch {
    return []
  }
}

function rssOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1] ?? 0) * pageBytes
  } catch {
    return 0
  }
}
