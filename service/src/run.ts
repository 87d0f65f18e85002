/** The service as a process: opens it, does its roles, and stops it in order. */
import { createAddressOf } from './http/address.ts'
import { createApp } from './http/app.ts'
import { createProxyWarning } from './http/proxy-warning.ts'
import { type Listening, listen } from './listen.ts'
import { createParts, jobsOf, operationParts, routesOf } from './parts.ts'
import type { Service } from './service.ts'
import type { Settings } from './settings/read.ts'
import { openService } from './start.ts'

/** A service that runs. */
export interface Running {
  readonly service: Service
  /** Where it listens. */
  readonly url: string
  /** Ends it: running requests and jobs get HERO_DRAIN_SECONDS. */
  stop(): Promise<void>
}

/**
 * Runs the service.
 *
 * @throws Error when something it needs is not there
 */
export async function run(settings: Settings): Promise<Running> {
  const { service, close } = await openService(settings)
  const listening = await begin(service).catch(async (error: unknown) => {
    await close()
    throw error
  })
  let stopped: Promise<void> | undefined
  return {
    service,
    url: `http://${settings.HERO_HOST}:${listening.port}`,
    stop() {
      stopped ??= end(service, listening).then(close)
      return stopped
    },
  }
}

async function begin(service: Service): Promise<Listening> {
  const { settings } = service
  const parts = createParts(service)
  if (settings.HERO_ROLES.includes('worker')) await service.queue.work(jobsOf(parts))
  const app = createApp({
    service,
    addressOf: createAddressOf(settings.HERO_TRUSTED_PROXIES, createProxyWarning(service.log)),
    // A worker answers to probes all the same.
    routes: routesOf(settings.HERO_ROLES.includes('api') ? parts : operationParts(service)),
  })
  return listen(app, {
    hostname: settings.HERO_HOST,
    port: settings.HERO_PORT,
    connections: settings.HERO_CONNECTIONS,
    log: service.log,
  })
}

async function end({ drain, settings }: Service, listening: Listening): Promise<void> {
  drain.begin()
  await new Promise((resolve) => setTimeout(resolve, settings.HERO_NOTICE_SECONDS * 1000))
  await listening.stop(settings.HERO_DRAIN_SECONDS * 1000)
}
