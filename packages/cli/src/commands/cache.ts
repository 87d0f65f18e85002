/** `hero-image cache`: what lies in the cache folder, and how it gets smaller. */
import { resolve } from 'node:path'
import type { Command, Input } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { toShownPath } from '../shown-path.ts'
import { toTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { parseAge, parseSize, toCount, toSize } from '../units.ts'
import { UsageError } from '../usage-error.ts'

const actions = ['stats', 'prune', 'clear'] as const
type Action = (typeof actions)[number]

/** A month without use: longer than most branches live. */
const defaultAge = '30d'

/** The command. */
export const cache: Command = {
  name: 'cache',
  usage: '<stats|prune|clear>',
  about: 'look at the cache folder, or make it smaller',
  flags: {
    dir: { value: '<dir>', about: 'cache folder (default: that of the project)' },
    'max-age': {
      value: '<time>',
      about: `prune: remove what was not used for this long: 12h, 30d, 2w (default ${defaultAge})`,
    },
    'max-size': { value: '<size>', about: 'prune: remove the least recently used until this much is left: 500MB, 2GB' },
    config: { value: '<file>', about: 'config file (default: the nearest hero.config.*)' },
  },
  notes: ['With --max-size alone, age does not count.'],
  run: runCache,
}

async function runCache(input: Input, terminal: Terminal): Promise<number> {
  const action = await parseAction(input)
  const limits = toLimits(input, action)
  const dir = input.text('dir')
  const folder = dir === undefined ? await projectCache(input) : resolve(dir)
  const core = await import('@hero-image/core')
  const amount = (entries: number, bytes: number): string => `${toCount(entries, 'file')}, ${toSize(bytes)}`
  const report = (result: object, lines: readonly string[]): void =>
    terminal.print(terminal.json ? JSON.stringify({ dir: folder, ...result }, undefined, 2) : lines.join('\n'))
  if (action === 'stats') {
    const stats = await core.storeStats(folder)
    const { variant, analysis, plan } = stats.rooms
    const rows = [
      ['folder', toShownPath(folder)],
      ['variants', amount(variant.entries, variant.bytes)],
      ['analyses', amount(analysis.entries, analysis.bytes)],
      ['plans', amount(plan.entries, plan.bytes)],
      ...(stats.oldest === undefined ? [] : [['least recent use', toDay(stats.oldest)]]),
      ...(stats.newest === undefined ? [] : [['most recent use', toDay(stats.newest)]]),
    ]
    report(stats, toTable(rows))
  } else if (action === 'prune') {
    const { removed, kept } = await core.pruneStore(folder, limits)
    report({ removed, kept }, [
      `removed ${amount(removed.entries, removed.bytes)}; kept ${amount(kept.entries, kept.bytes)} in ${toShownPath(folder)}`,
    ])
  } else {
    const removed = await core.clearStore(folder)
    report({ removed }, [`removed ${amount(removed.entries, removed.bytes)} from ${toShownPath(folder)}`])
  }
  return exitCodes.done
}

async function parseAction(input: Input): Promise<Action> {
  const [word, ...more] = input.names
  const action = actions.find((name) => name === word)
  if (action !== undefined && more.length === 0) return action
  if (word === undefined) throw new UsageError('Nothing was asked of the cache.', `Say one of: ${actions.join(', ')}.`)
  if (action !== undefined)
    throw new UsageError(`'${more.join(' ')}' is too much.`, `Such as: hero-image cache ${action}`)
  const { suggest } = await import('@hero-image/core')
  throw new UsageError(`The cache knows no '${word}'.`, suggest(word, actions))
}

function toLimits(input: Input, action: Action): { readonly maxAgeMs?: number; readonly maxBytes?: number } {
  const size = input.text('max-size')
  const age = input.text('max-age')
  if (action !== 'prune') {
    if (size === undefined && age === undefined) return {}
    throw new UsageError(
      `--max-age and --max-size mean nothing to 'cache ${action}'.`,
      'They belong to: hero-image cache prune',
    )
  }
  const maxBytes = size === undefined ? undefined : parseSize(size)
  if (size !== undefined && maxBytes === undefined) {
    throw new UsageError(`--max-size cannot be '${size}'.`, 'Write a size such as 500MB or 2GB.')
  }
  const wished = age ?? (size === undefined ? defaultAge : undefined)
  const maxAgeMs = wished === undefined ? undefined : parseAge(wished)
  if (wished !== undefined && maxAgeMs === undefined) {
    throw new UsageError(`--max-age cannot be '${wished}'.`, 'Write a time such as 12h, 30d or 2w.')
  }
  return { ...(maxAgeMs === undefined ? {} : { maxAgeMs }), ...(maxBytes === undefined ? {} : { maxBytes }) }
}

async function projectCache(input: Input): Promise<string> {
  const { loadProject } = await import('../project.ts')
  return (await loadProject(process.cwd(), input.text('config'))).options.cache.dir
}

function toDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
