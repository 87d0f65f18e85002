/** Page views for operators, on the command line: users have no route to them. */
import type { Service } from '../service.ts'
import { reportVisits } from './report.ts'
import { toDay } from './visitor.ts'

/** How it is used. */
export const analyticsUsage = `analytics [days]                     page views of the last days, 30 unless told
`

const dayMs = 86_400_000

/** Writes a report, or gives undefined when the words make no sense. */
export async function runAnalytics({ db, clock }: Service, words: readonly string[]): Promise<string | undefined> {
  const [days = '30', ...more] = words
  if (!/^[1-9]\d{0,4}$/.test(days) || more.length > 0) return undefined
  return reportVisits(db, toDay(new Date(clock.now().getTime() - (Number(days) - 1) * dayMs)))
}
