/** Starts the service as the environment says: `node dist/main.js`. */
import { serve } from '@hono/node-server'
import { createAddressOf } from './http/address.ts'
import { createApp } from './http/app.ts'
import { createParts, jobsOf, routesOf } from './parts.ts'
import { readSettings, SettingsError } from './settings/read.ts'
import { openService } from './start.ts'

try {
  await main()
} catch (error) {
  process.stderr.write(
    `${error instanceof SettingsError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exitCode = 1
}

async function main(): Promise<void> {
  const settings = readSettings(process.env)
  const { service, close } = await openService(settings)
  const parts = createParts(service)
  if (settings.HERO_ROLES.includes('worker')) {
    await service.queue.work(jobsOf(parts))
  }
  const app = createApp({
    service,
    addressOf: createAddressOf(settings.HERO_TRUSTED_PROXIES),
    routes: routesOf(parts),
  })
  const server = serve({ fetch: app.fetch, hostname: settings.HERO_HOST, port: settings.HERO_PORT })
  const stop = (): void => {
    server.close(() => void close())
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
