/** What sign-in is built on, and what its parts agree on. */
import type { Clock } from '../clock.ts'
import type { Db } from '../database/open.ts'
import type { Log } from '../log/log.ts'
import type { Queue } from '../queue/queue.ts'
import type { Settings } from '../settings/read.ts'

export interface AuthParts {
  readonly db: Db
  readonly settings: Settings
  readonly secret: string
  readonly publicUrl: string
  readonly clock: Clock
  readonly queue: Queue
  readonly log: Log
}

/** Name of the header in which we, and nobody else, tell better-auth where a request comes from. */
export const addressHeader = 'x-hero-address'

/** Links in mails work this long. */
export const linkSeconds = 3600
