#!/usr/bin/env node
import { runCli } from './cli.ts'
import { exitCodes } from './exit-codes.ts'
import { hideModuleWarning } from './module-warning.ts'

// Files are written at once and renamed, so there is nothing to undo.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(exitCodes.interrupted))

// `hero-image … | head` closes our output; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done)
  throw error
})

hideModuleWarning()
process.exitCode = await runCli(process.argv.slice(2))
