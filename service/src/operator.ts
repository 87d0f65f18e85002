/** What operators do on the command line, beside the running service: `node dist/operator.js <command>`. With the embedded database the service has to be stopped meanwhile. */
import { text } from 'node:stream/consumers'
import { analyticsUsage, runAnalytics } from './analytics/command.ts'
import { reconcileUsage, runReconcile } from './orders/command.ts'
import { erasuresUsage, runErasuresCommand } from './privacy/erasure/command.ts'
import type { Service } from './service.ts'
import { readSettings } from './settings/read.ts'
import { openService } from './start.ts'
import { runSupport, supportUsage } from './support/command.ts'

/** Does what the words after its name say; undefined when they make no sense. */
type Command = (service: Service, words: readonly string[]) => Promise<string | undefined>

const commands: Readonly<Record<string, Command>> = {
  support: (service, words) => runSupport(service, words, () => text(process.stdin)),
  analytics: runAnalytics,
  erasures: runErasuresCommand,
  reconcile: runReconcile,
}

const usage = `Usage:\n${`${supportUsage}${analyticsUsage}${erasuresUsage}${reconcileUsage}`.replace(/^(?=.)/gm, '  ')}`

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const isKnown = error instanceof Error
  process.stderr.write(`${isKnown ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function main([name = '', ...words]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) {
    process.stderr.write(usage)
    return 2
  }
  // Its output is for people; lines of the log are not.
  const { service, close } = await openService(readSettings({ HERO_LOG_LEVEL: 'error', ...process.env }))
  try {
    const output = await command(service, words)
    process[output === undefined ? 'stderr' : 'stdout'].write(output ?? usage)
    return output === undefined ? 2 : 0
  } finally {
    await close()
  }
}
