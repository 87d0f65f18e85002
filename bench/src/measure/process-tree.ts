/** Memory of a process with all its descendants, read from `/proc`. */
import { readdirSync, readFileSync } from 'node:fs'

const pageBytes = 4096

/** Resident bytes (RSS) of all descendants of a process, the process itself not counted. Pages shared by two processes count twice. */
export function descendantsRss(pid: number): number {
  return childrenOf(pid).reduce((sum, child) => sum + rssOf(child) + descendantsRss(child), 0)
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
