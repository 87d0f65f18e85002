/** How much memory a process holds. The decoder's pixels lie outside of JavaScript's heap, where no flag of Node limits them. */
import { readFileSync } from 'node:fs'

/** A picture grows by some ten megabytes meanwhile. */
const everyMs = 15

/** Bytes of main memory that a process holds, or undefined where the system does not tell (it is not Linux, or the process is gone). */
export function residentBytes(pid: number): number | undefined {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch {
    return undefined
  }
}

/**
 * Watches a process.
 *
 * @param exceed called once, when it holds more than it may
 * @returns ends the watch
 */
export function watchMemory(pid: number, bytes: number, exceed: () => void): () => void {
  const timer = setInterval(() => {
    if ((residentBytes(pid) ?? 0) <= bytes) return
    clearInterval(timer)
    exceed()
  }, everyMs)
  return () => clearInterval(timer)
}
