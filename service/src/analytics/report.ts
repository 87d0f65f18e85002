/** The sums of past days, as text for operators. */
import type { Db } from '../database/open.ts'
import type { Dimension } from '../database/tables/analytics.ts'

/** Lines of a dimension that are shown. */
const shownValues = 10

const titles: Readonly<Record<Exclude<Dimension, 'all'>, string>> = {
  path: 'Pages',
  referrer_host: 'Came from',
  browser: 'Browsers',
  os: 'Systems',
  device: 'Devices',
  country: 'Countries',
}

/**
 * Writes a report.
 *
 * @param since first day, such as `2026-11-01`
 */
export async function reportVisits(db: Db, since: string): Promise<string> {
  const days = await db
    .selectFrom('analytics_day')
    .select(['day', 'views', 'visitors'])
    .where('dimension', '=', 'all')
    .where('day', '>=', since)
    .orderBy('day')
    .execute()
  if (days.length === 0) return `No visits since ${since}.\n`
  const lines = ['Day          Views  Visitors', ...days.map((row) => toLine(row.day, row.views, row.visitors))]
  for (const [dimension, title] of entriesOf(titles)) {
    const rows = await db
      .selectFrom('analytics_day')
      .select((column) => ['value', column.fn.sum<string>('views').as('views')])
      .where('dimension', '=', dimension)
      .where('day', '>=', since)
      .groupBy('value')
      .orderBy('views', 'desc')
      .orderBy('value')
      .limit(shownValues)
      .execute()
    // Visitors of several days cannot be added: who came twice has two hashes.
    lines.push('', `${title}, views`, ...rows.map(({ value, views }) => toLine(value || '(none)', Number(views))))
  }
  return `${lines.join('\n')}\n`
}

function toLine(name: string, views: number, visitors?: number): string {
  const end = visitors === undefined ? '' : String(visitors).padStart(10)
  return `${name.padEnd(10)}${String(views).padStart(8)}${end}`
}

function entriesOf<Key extends string>(table: Readonly<Record<Key, string>>): [Key, string][] {
  const entries: [Key, string][] = []
  for (const key in table) entries.push([key, table[key]])
  return entries
}
