/** Every kind of job: what it carries and how often it is tried. Payloads hold identifiers only, never secrets or words of people. */
import type { Queue } from 'pg-boss'

/** What each job carries. */
export interface Jobs {
  /** Makes the picture of a generation. */
  generation: { readonly generationId: string }
  /** Ends a generation whose process died each time. */
  'generation-lost': { readonly generationId: string }
  /** Packs a project. */
  export: { readonly exportId: string }
  /** Ends an export whose process died each time. */
  'export-lost': { readonly exportId: string }
  /** Packs everything about a person. */
  'data-export': { readonly dataExportId: string }
  /** Sends a mail that lies sealed in the outbox. */
  mail: { readonly mailId: string }
  /** Work that returns by the clock. */
  'sweep-holds': Record<string, never>
  'sweep-exports': Record<string, never>
  'audit-ledger': Record<string, never>
  'reconcile-orders': Record<string, never>
  erasures: Record<string, never>
  retention: Record<string, never>
  'analytics-rollup': Record<string, never>
  'remove-stored': Record<string, never>
}

/** Name of a kind of job. */
export type JobName = keyof Jobs

/** How a kind of job is tried; `cron` makes it return, `concurrency` are jobs at once in one process. */
export interface JobRules {
  readonly queue: Omit<Queue, 'name'>
  readonly cron?: string
  readonly concurrency?: number
}

/** Lost workers are noticed by their silence, after this many seconds. */
const heartbeatSeconds = 20

/** Done jobs are forgotten soon: whom they were for stands in them. */
const deleteAfterSeconds = 3600

const returning = (cron: string): JobRules => ({
  cron,
  // Nobody gains from a second sweep beside the first.
  queue: { policy: 'singleton', retryLimit: 0, expireInSeconds: 600, heartbeatSeconds, deleteAfterSeconds },
})

/** The rules of each kind. */
export const jobRules: { readonly [Name in JobName]: JobRules } = {
  // Before the queue that names it.
  'generation-lost': {
    queue: { retryLimit: 20, retryDelay: 5, retryBackoff: true, expireInSeconds: 60, deleteAfterSeconds, notify: true },
  },
  generation: {
    queue: {
      deadLetter: 'generation-lost',
      // Some minutes without its provider, or some processes that die, are no reason to give up.
      retryLimit: 8,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
      expireInSeconds: 900,
      heartbeatSeconds,
      deleteAfterSeconds,
      notify: true,
    },
    concurrency: 8,
  },
  // Before the queue that names it.
  'export-lost': {
    queue: { retryLimit: 20, retryDelay: 5, retryBackoff: true, expireInSeconds: 60, deleteAfterSeconds, notify: true },
  },
  export: {
    queue: {
      deadLetter: 'export-lost',
      retryLimit: 3,
      retryDelay: 1,
      retryBackoff: true,
      expireInSeconds: 600,
      heartbeatSeconds,
      deleteAfterSeconds,
      notify: true,
    },
    concurrency: 2,
  },
  'data-export': {
    queue: {
      retryLimit: 3,
      retryDelay: 5,
      retryBackoff: true,
      expireInSeconds: 1800,
      heartbeatSeconds,
      deleteAfterSeconds,
      notify: true,
    },
  },
  mail: {
    queue: {
      // A mail server may be away for most of a day.
      retryLimit: 24,
      retryDelay: 5,
      retryBackoff: true,
      retryDelayMax: 3600,
      expireInSeconds: 120,
      deleteAfterSeconds,
      notify: true,
    },
    concurrency: 4,
  },
  'sweep-holds': returning('* * * * *'),
  'sweep-exports': returning('41 * * * *'),
  'audit-ledger': returning('7 * * * *'),
  'reconcile-orders': returning('*/5 * * * *'),
  erasures: returning('*/10 * * * *'),
  retention: returning('23 * * * *'),
  'analytics-rollup': returning('11 * * * *'),
  'remove-stored': returning('*/2 * * * *'),
}
