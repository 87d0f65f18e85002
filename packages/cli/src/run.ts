#!/usr/bin/env node
import { runCli } from './cli.ts'
import { exitCodes } from './exit-codes.ts'
import { undoUnfinished } from './interrupt.ts'

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    undoUnfinished()
    process.exit(exitCodes.interrupted)
  })
}

// `hero-image … | head` closes our output; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done)
  throw error
})

process.exitCode = await runCli(process.argv.slice(2))
