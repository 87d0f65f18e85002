/** Every table of the database, classified. A table or column that is missing here does not compile, and a test compares all of it with the database itself. */
import { accountRules } from './accounts.ts'
import { creditRules } from './credits.ts'
import { projectRules } from './projects.ts'
import type { RulesOf, TableName } from './rule.ts'
import { supportRules } from './support.ts'

/** All rules; a table comes after those that it refers to. */
export const registry: RulesOf<TableName> = {
  ...accountRules,
  ...creditRules,
  ...projectRules,
  ...supportRules,
}

/** Tables that are not ours, with what is known of them. */
export const foreignTables: Readonly<Record<string, string>> = {
  'public.kysely_migration': 'Names of migrations.',
  'public.kysely_migration_lock': 'A lock.',
  'queue.bam': 'Migrations of the queue.',
  'queue.instance': 'Processes of the queue; none registers itself.',
  'queue.job': 'Jobs. They carry identifiers of rows; erasure deletes those of the person, see `jobs-of-person.ts`.',
  'queue.job_common': 'The same jobs: a partition.',
  'queue.job_dependency': 'Order of jobs; not used.',
  'queue.queue': 'Kinds of jobs.',
  'queue.queue_stats': 'Counts of jobs.',
  'queue.schedule': 'Jobs that return.',
  'queue.subscription': 'Not used.',
  'queue.version': 'Version of the queue.',
  'queue.warning': 'Warnings of the queue about itself.',
}

/** Names of all tables, parents first. */
export const tableNames: readonly TableName[] = namesOf(registry)

/** The rule of any table. */
export type AnyRule = RulesOf<TableName>[TableName]

/** The rule of any table with rows of people. */
export type AnyPersonalRule = Extract<AnyRule, { readonly way: unknown }>

/** True when rows of the table lead to people. */
export function isPersonal(rule: AnyRule): rule is AnyPersonalRule {
  return 'way' in rule
}

function namesOf(rules: RulesOf<TableName>): TableName[] {
  const names: TableName[] = []
  let name: TableName
  for (name in rules) names.push(name)
  return names
}
