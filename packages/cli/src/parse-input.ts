/** Arguments of one command → checked flags and names. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { commonFlags, type FlagTable, type Input } from './command.ts'
import { UsageError } from './usage-error.ts'

/**
 * Parses what follows the name of a command.
 *
 * @param helpCommand what shows the valid flags, such as `hero-image crop --help`
 * @throws UsageError for an unknown flag, with the nearest valid one, and for a missing or needless value
 */
export async function parseInput(args: readonly string[], own: FlagTable, helpCommand: string): Promise<Input> {
  const flags: FlagTable = { ...own, ...commonFlags }
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: toConfig(flags), allowPositionals: true })
    return {
      names: positionals,
      text(flag) {
        const value = values[flag]
        return typeof value === 'string' ? value : undefined
      },
      on: (flag) => values[flag] === true,
    }
  } catch (error) {
    throw await toUsageError(error, Object.keys(flags), helpCommand)
  }
}

function toConfig(flags: FlagTable): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    Object.entries(flags).map(([name, { value, short }]) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        ...(short === undefined ? {} : { short }),
      },
    ]),
  )
}

async function toUsageError(error: unknown, valid: readonly string[], helpCommand: string): Promise<unknown> {
  if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_'))) return error
  const unknown = /^Unknown option '(-[^']*)'/.exec(error.message)?.[1]
  if (unknown === undefined) return new UsageError(firstSentence(error.message), `See ${helpCommand}.`)
  const { suggest } = await import('@hero-image/core')
  const hint = suggest(
    unknown,
    valid.map((name) => `--${name}`),
  )
  return new UsageError(`There is no flag '${unknown}'.`, `${hint} A file of that name goes after '--'.`)
}

function firstSentence(message: string): string {
  const [line = message] = message.split('\n')
  return /[.!?]$/.test(line) ? line : `${line}.`
}
