/** The table of commands, and the way from arguments to an exit code. */
import { readFileSync } from 'node:fs'
import type { Command } from './command.ts'
import { cache } from './commands/cache.ts'
import { crop } from './commands/crop.ts'
import { crops } from './commands/crops.ts'
import { init } from './commands/init.ts'
import { inspect } from './commands/inspect.ts'
import { studio } from './commands/studio.ts'
import { exitCodes } from './exit-codes.ts'
import { commandHelp, globalFlags, globalHelp } from './help.ts'
import { parseInput } from './parse-input.ts'
import { createTerminal, type Terminal } from './terminal.ts'
import { isMisuse, UsageError } from './usage-error.ts'

const commands: readonly Command[] = [crop, inspect, crops, studio, cache, init]

/**
 * Runs the command that the arguments name and reports whatever goes wrong.
 *
 * @param args without the program's own name
 * @returns the exit code
 */
export async function runCli(args: readonly string[]): Promise<number> {
  const flags = args.slice(0, args.includes('--') ? args.indexOf('--') : undefined)
  const terminal = createTerminal({ json: flags.includes('--json'), silent: flags.includes('--silent') })
  try {
    // Switches that all commands have may also stand before the name.
    const at = args.findIndex((arg) => !arg.startsWith('-'))
    return at < 0 ? await runGlobal(args, terminal) : await runCommand(args[at] ?? '', args.toSpliced(at, 1), terminal)
  } catch (error) {
    terminal.fail([error])
    return isMisuse(error) ? exitCodes.misused : exitCodes.failed
  }
}

async function runGlobal(args: readonly string[], terminal: Terminal): Promise<number> {
  const input = await parseInput(args, globalFlags, 'hero-image --help')
  if (input.on('version')) terminal.print(version())
  else if (input.on('help')) terminal.print(globalHelp(commands))
  else throw new UsageError('No command was given.', `Commands: ${names().join(', ')}. See hero-image --help.`)
  return exitCodes.done
}

async function runCommand(name: string, args: readonly string[], terminal: Terminal): Promise<number> {
  const command = commands.find((each) => each.name === name)
  if (command === undefined) {
    const { suggest } = await import('@hero-image/core')
    throw new UsageError(`There is no command '${name}'.`, suggest(name, names()))
  }
  const input = await parseInput(args, command.flags, `hero-image ${name} --help`)
  if (!input.on('help')) return command.run(input, terminal)
  terminal.print(commandHelp(command))
  return exitCodes.done
}

function names(): string[] {
  return commands.map(({ name }) => name)
}

function version(): string {
  const text: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return text.version
}
