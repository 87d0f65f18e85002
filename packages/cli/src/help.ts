/** Help texts, made from the descriptions of commands and flags. */
import { type Command, commonFlags, type FlagTable } from './command.ts'
import { exitCodeTexts } from './exit-codes.ts'
import { toTable } from './table.ts'

/** Flags without a command. */
export const globalFlags: FlagTable = {
  help: { short: 'h', about: 'show this help, or that of a command' },
  version: { short: 'v', about: 'show the version' },
}

/** The help of `hero-image` itself. */
export function globalHelp(commands: readonly Command[]): string {
  return join([
    'hero-image: one photo becomes the right picture for every screen.',
    'Usage: hero-image <command> [flags]',
    section(
      'Commands',
      commands.map(({ name, usage, about }) => [`${name} ${usage}`, about]),
    ),
    section('Flags', flagRows(globalFlags)),
    section('Exit codes', exitRows()),
    "Options come from hero.config.ts, the same file that the plugins read.\nA file whose name begins with a dash goes after '--'.",
  ])
}

/** The help of one command. */
export function commandHelp({ name, usage, about, flags, notes = [] }: Command): string {
  return join([
    `hero-image ${name}: ${about}`,
    `Usage: hero-image ${name} ${usage} [flags]`,
    section('Flags', flagRows({ ...flags, ...commonFlags })),
    ...notes,
    section('Exit codes', exitRows()),
  ])
}

function flagRows(flags: FlagTable): string[][] {
  return Object.entries(flags).map(([name, { value, short, about }]) => [
    `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
    about,
  ])
}

function exitRows(): string[][] {
  return exitCodeTexts.map(([code, text]) => [String(code), text])
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return [`${title}:`, ...toTable(rows).map((line) => `  ${line}`)].join('\n')
}

function join(parts: readonly string[]): string {
  return parts.join('\n\n')
}
