/** The tables of docs/privacy.md, written from the registry and the lifetimes; a test keeps the page up to date. */
import { isPersonal, registry, tableNames } from './registry/registry.ts'
import { bound, type LifetimeFacts, retained } from './retention/lifetimes.ts'

/** What is kept, how long, and why. */
export function documentLifetimes(): string {
  const facts: LifetimeFacts[] = [...Object.values(bound), ...Object.values(retained)]
  return toTable(
    ['data', 'kept', 'why'],
    facts.map(({ data, kept, why }) => [data, kept, why]),
  )
}

/** What each table holds, and what an erasure does with it. */
export function documentTables(): string {
  const rows = tableNames.map((name) => {
    const rule = registry[name]
    if (!isPersonal(rule)) return [`\`${name}\``, rule.about, `Nobody's: ${toLower(rule.nobody)}`]
    const { erasure } = rule
    return [`\`${name}\``, rule.about, erasure.action === 'delete' ? 'Deleted.' : `Kept. ${erasure.reason}`]
  })
  return toTable(['table', 'a row is', 'after an erasure'], rows)
}

function toLower(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1)
}

function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return `${lines.join('\n')}\n`
}
