/** Keeps the user's rules for images away from our requests; they go on to hold for all others. */
import { heroIdPattern, variantQueryPattern } from '@hero-image/unplugin/module'
import type { NextConfig } from 'next'

/** Rules by pattern, as Next takes them. */
export type Rules = NonNullable<NonNullable<NextConfig['turbopack']>['rules']>
type Collection = Rules[string]
/** One rule in full. */
export type Rule = Exclude<Extract<Collection, readonly unknown[]>[number], string | { loader: string }>
type Condition = NonNullable<Rule['condition']>

const foreign: Condition = { all: [{ not: { query: heroIdPattern } }, { not: { query: variantQueryPattern } }] }

/** Each rule in full, with a condition that leaves our requests out. */
export function shieldRules(rules: Rules): Record<string, Rule[]> {
  return Object.fromEntries(Object.entries(rules).map(([pattern, written]) => [pattern, toFull(written).map(shield)]))
}

function shield(rule: Rule): Rule {
  const { condition } = rule
  return { ...rule, condition: condition === undefined ? foreign : { all: [foreign, condition] } }
}

/** A list may be short for the loaders of one rule, or hold rules, or mix both: then a loader alone is a rule. */
function toFull(written: Collection): Rule[] {
  if (!Array.isArray(written)) return [written]
  const loaders = written.filter((item) => typeof item === 'string' || 'loader' in item)
  if (loaders.length === written.length) return [{ loaders }]
  return written.map((item) => (typeof item === 'string' || 'loader' in item ? { loaders: [item] } : item))
}
