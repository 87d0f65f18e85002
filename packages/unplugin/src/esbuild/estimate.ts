/** Says how long drawing will take. esbuild asks for pictures one by one, so this waits until no more have come for a moment. */
import type { Variant } from '@hero-image/core'
import type { Started } from '../session.ts'

/** Milliseconds without a new file after which the number of files is believed. */
const quietMs = 200

/** Counts what is to be drawn. */
export interface Estimate {
  expect(variant: Variant): Promise<void>
  done(variant: Variant): void
  end(): void
}

/** An estimate for one run. */
export function createEstimate({ engine, report }: Started): Estimate {
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
