/** The table host × case. */
import { allCases, type CaseName } from './case-names.ts'
import type { Host } from './host.ts'

/** What became of a case. */
export type Outcome = 'ok' | 'FAILED' | 'not run'

/** The table as Markdown, with the reasons for what is not run below it. */
export function toTable(hosts: readonly Host[], outcomeOf: (host: Host, name: CaseName) => Outcome): string {
  const reasons: string[] = []
  const note = (reason: string): number => {
    if (!reasons.includes(reason)) reasons.push(reason)
    return reasons.indexOf(reason) + 1
  }
  const cell = (host: Host, name: CaseName): string => {
    const absent = host.absent[name]
    const gap = host.knownGaps?.[name]
    if (absent !== undefined) return `– ${note(absent)}`
    return gap === undefined ? outcomeOf(host, name) : `gap ${note(gap)}`
  }
  const rows = allCases.map((name) => [name, ...hosts.map((host) => cell(host, name))])
  const all = [['case', ...hosts.map(({ name }) => name)], ...rows]
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const toLine = (row: readonly string[]): string =>
    `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = '', ...lines] = all.map(toLine)
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [head, rule, ...lines, '', ...reasons.map((reason, index) => `${index + 1}. ${reason}`), ''].join('\n')
}

/** `docs/hosts.md`: the table of a run in which nothing fails. */
export function toDocument(hosts: readonly Host[]): string {
  return `# Hosts

What every host is tested for: \`vitest run --project contract\` runs each of these cases with the host's own command over a real project. Generated from the rows in
\`contract/src/hosts\` by \`npm run table -w contract\`. *ok* is tested; – is what the host has no such thing for; *gap* is what does not work yet; numbers name the reason below.

${toTable(hosts, () => 'ok')}`
}
