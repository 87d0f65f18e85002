/** Messages in Astro's own log. */
import type { Log } from '@hero-image/unplugin/emit'

/** The part of an integration's logger that is used. */
interface Logger {
  fork(label: string): Log
}

const summary = /^hero-image: .* \((\d+) made, \d+ cached\)/

/**
 * A log under our short name, which its lines then need not say again.
 *
 * Astro builds the pages, the server and the scripts one after the other, and each ends with a summary: after the first, only those with new files are news.
 */
export function toLog(logger: Logger): Log {
  const own = logger.fork('hero-image')
  const strip = (text: string): string => text.replace(/^hero-image: /, '')
  let hasSummary = false
  return {
    info(text) {
      const made = summary.exec(text)?.[1]
      if (hasSummary && made === '0') return
      hasSummary ||= made !== undefined
      own.info(strip(text))
    },
    warn: (text) => own.warn(strip(text)),
  }
}
