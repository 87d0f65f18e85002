/** The command line. */
import { parseArgs } from 'node:util'

/** Parts of the benchmark; quality needs the pictures of the builds. */
export const parts = ['builds', 'quality', 'dev', 'growth', 'hosts'] as const

/** A part that can be run alone. */
export type Part = (typeof parts)[number]

/** What to run. */
export interface Flags {
  readonly rounds: number
  /** Two photos and small growth: to see that everything works. */
  readonly quick: boolean
  readonly parts: readonly Part[]
}

/** Explains the flags. */
export const usage: string = `npm run bench -- [--rounds <n>] [--quick] [--only ${parts.join('|')}]

  --rounds  rounds of every part but growth; the table has their medians (default 3)
  --quick   one round, two photos
  --only    one part; may be repeated
`

/**
 * Reads the arguments.
 *
 * @throws Error for unknown flags and values
 */
export function parseFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
    },
  })
  const rounds = Number(values.rounds ?? (values.quick ? 1 : 3))
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds takes a whole number, not ${values.rounds}.`)
  const unknown = values.only.find((name) => !parts.some((part) => part === name))
  if (unknown !== undefined) throw new Error(`There is no part ${unknown}.`)
  const isWanted = (part: Part): boolean => values.only.length === 0 || values.only.includes(part)
  return { rounds, quick: values.quick, parts: parts.filter(isWanted) }
}
