/** Figures for Prometheus. Labels are routes and states, never people. */
import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Db } from '../database/open.ts'
import type { ServiceEnv } from '../http/env.ts'
import { countJobs } from './job-counts.ts'

/** All figures of a process. */
export interface Metrics {
  /** Counts and times requests. */
  readonly middleware: MiddlewareHandler<ServiceEnv>
  /** Faults that the last audit of the ledger found; anything but 0 needs a person. */
  readonly ledgerFaults: Gauge
  /** The text that Prometheus reads. */
  read(): Promise<string>
  readonly contentType: string
}

/** Creates the figures of a process. */
export function createMetrics(db: Db): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'hero_http_requests_total',
    help: 'Requests answered.',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'hero_http_request_seconds',
    help: 'Time to the head of the answer.',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  const ledgerFaults = new Gauge({
    name: 'hero_ledger_faults',
    help: 'Faults that the last audit of the ledger found.',
    registers: [registry],
  })
  new Gauge({
    name: 'hero_jobs',
    help: 'Jobs in the queue, by kind and state.',
    labelNames: ['job', 'state'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const { job, state, count } of await countJobs(db)) this.set({ job, state }, count)
    },
  })
  return {
    middleware: createMiddleware<ServiceEnv>(async (c, next) => {
      const began = performance.now()
      await next()
      // The pattern of the route: with addresses as labels, every object would be a series of its own.
      const route = routePath(c, -1)
      requests.inc({ method: c.req.method, route, status: c.res.status })
      seconds.observe({ method: c.req.method, route }, (performance.now() - began) / 1000)
    }),
    ledgerFaults,
    read: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
