/** What a command is: one description from which parsing, checking and help all follow. */
import type { Terminal } from './terminal.ts'

/** One flag. */
interface Flag {
  /** What its value looks like in the help, such as `<x,y>`; a flag without one is a switch. */
  readonly value?: string
  /** One letter, without the dash. */
  readonly short?: string
  /** One line for the help. */
  readonly about: string
}

/** Flags by name, without dashes. */
export type FlagTable = Readonly<Record<string, Flag>>

/** What was given on the command line. */
export interface Input {
  /** Everything that is no flag. */
  readonly names: readonly string[]
  /** The value of a flag, or `undefined` when it was not given. */
  text(flag: string): string | undefined
  /** True when a switch was given. */
  on(flag: string): boolean
}

/** One command of `hero-image`. */
export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly about: string
  /** What follows the name, such as `<file>`. */
  readonly usage: string
  readonly flags: FlagTable
  /** Paragraphs and examples after the flags in the help. */
  readonly notes?: readonly string[]
  /** Does it and gives the exit code. What it throws is reported by the caller. */
  run(input: Input, terminal: Terminal): Promise<number>
}

/** Flags that every command has. */
export const commonFlags: FlagTable = {
  json: { about: 'print JSON only, errors included' },
  silent: { about: 'print nothing but results and errors' },
  help: { short: 'h', about: 'show this help' },
}
