/** Looks at decoders from outside: the most memory that any of them ever held. */
import { readFileSync } from 'node:fs'
import type { Decoder } from '../../src/decode/decoder.ts'

/** A watch over decoders. */
export interface PeakWatch {
  /** Most megabytes of one process so far. */
  peak(): number
  /** Different processes that were seen. */
  processes(): number
  end(): void
}

/** Begins to watch. */
export function watchPeak(decoder: Pick<Decoder, 'pids'>): PeakWatch {
  let most = 0
  const seen = new Set<number>()
  const look = (): void => {
    for (const pid of decoder.pids()) {
      seen.add(pid)
      try {
        const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
        most = Math.max(most, Number(kilobytes ?? 0) / 1024)
      } catch {
        // It has just ended.
      }
    }
  }
  const timer = setInterval(look, 20)
  return {
    peak() {
      look()
      return Math.round(most)
    },
    processes: () => seen.size,
    end: () => clearInterval(timer),
  }
}
