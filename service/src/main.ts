/** Starts the service as the environment says; with `--demo` it has something to look at. Ends with the exit code 1 when it cannot start. */
import { run } from './run.ts'
import { readSettings, SettingsError } from './settings/read.ts'

try {
  await main(process.argv.includes('--demo'))
} catch (error) {
  const text = error instanceof SettingsError ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`${text}\n`)
  process.exit(1)
}

async function main(isDemo: boolean): Promise<void> {
  const settings = readSettings(
    isDemo ? { HERO_PAYMENTS: 'fake', HERO_LOG_LEVEL: 'warn', ...process.env } : process.env,
  )
  const { service, url, stop } = await run(settings)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void stop().then(() => process.exit(0))
    })
  }
  service.log.info({ roles: settings.HERO_ROLES, at: url, database: service.database.kind }, 'the service runs')
  if (isDemo) {
    const { showDemo } = await import('./operation/demo.ts')
    process.stdout.write(await showDemo(service, url))
  }
}
