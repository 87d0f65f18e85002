/** Says how long drawing will take. esbuild asks for pictures one by one, so this waits until no more have come for a moment. */
import type { Engine, Variant } from '@hero-image/core'
import type { Report } from '../report.ts'

/** Milliseconds without a new file after which the number of files is believed. */
const quietMs = 200

/** Counts what is to be drawn. */
export interface Estimate {
  /** A file will be needed. */
  expect(variant: Variant): Promise<void>
  /** The file is there. */
  done(variant: Variant): void
  /** The run is over; nothing more is said. */
  end(): void
}

interface Sources {
  readonly engine: Pick<Engine, 'has' | 'jobs'>
  readonly report: Pick<Report, 'announce'>
}

/** An estimate for one run. */
export function createEstimate({ engine, report }: Sources): Estimate {
  const missing = new Map<string, Variant>()
  const all = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  return {
    async expect(variant) {
      all.add(variant.key)
      if (await engine.has(variant)) return
      missing.set(variant.key, variant)
      clearTimeout(timer)
      timer = setTimeout(() => report.announce([...missing.values()], all.size, engine.jobs), quietMs).unref()
    },
    done: ({ key }) => void missing.delete(key),
    end: () => clearTimeout(timer),
  }
}
