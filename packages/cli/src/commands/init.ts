/** `hero-image init`: config, plugin and types for a project that exists. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command, Input } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Change } from '../init/plan-changes.ts'
import { toTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

/** The command. */
export const init: Command = {
  name: 'init',
  usage: '',
  about: 'set Hero Image up in the project of this folder',
  flags: {
    yes: { short: 'y', about: 'do not ask' },
    'dry-run': { about: 'only say what would be done' },
  },
  notes: ['Nothing is overwritten: files are created where there are none, and lines are added where that is safe.'],
  run: runInit,
}

async function runInit(input: Input, terminal: Terminal): Promise<number> {
  const [extra] = input.names
  if (extra !== undefined)
    throw new UsageError(`'${extra}' is too much.`, 'Run hero-image init in the folder of your project.')
  const [{ planChanges }, { readProject }] = await Promise.all([
    import('../init/plan-changes.ts'),
    import('../init/project-facts.ts'),
  ])
  const root = process.cwd()
  const changes = planChanges(readProject(root))
  const dry = input.on('dry-run')
  const pending = changes.filter(({ text }) => text !== undefined)
  if (!dry && pending.length > 0 && terminal.interactive && !input.on('yes')) {
    terminal.say(toLines(changes, true).join('\n'))
    const { confirm, isCancel } = await import('@clack/prompts')
    const answer = await confirm({ message: 'Do this?' })
    if (isCancel(answer)) return exitCodes.interrupted
    if (!answer) return exitCodes.done
  }
  if (!dry) for (const change of pending) apply(root, change)
  if (terminal.json)
    terminal.print(
      JSON.stringify({ dryRun: dry, changes: changes.map(({ text: _, ...change }) => change) }, undefined, 2),
    )
  else terminal.print(toLines(changes, dry).join('\n'))
  return exitCodes.done
}

function apply(root: string, { file, action, text = '' }: Change): void {
  // At once, so that an interruption finds the file before or after.
  writeFileSync(join(root, file), text, { flag: action === 'create' ? 'wx' : 'w' })
}

function toLines(changes: readonly Change[], planned: boolean): string[] {
  const words: Readonly<Record<Change['action'], string>> = {
    create: planned ? 'to create' : 'created',
    edit: planned ? 'to change' : 'changed',
    keep: 'kept',
    manual: 'to do',
  }
  return toTable(changes.map(({ action, file, about }) => [words[action], file, about]))
}
