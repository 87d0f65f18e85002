/** What every part of the service stands on. Parts take what they need of it. */
import type { Auth } from './auth/auth.ts'
import type { Clock } from './clock.ts'
import type { Database, Db } from './database/open.ts'
import type { Decoder } from './decode/decoder.ts'
import type { Log } from './log/log.ts'
import type { Mailer } from './mail/mail.ts'
import type { Drain } from './operation/drain.ts'
import type { Metrics } from './operation/metrics.ts'
import type { AnyPayments } from './payments/create.ts'
import type { Queue } from './queue/queue.ts'
import type { Settings } from './settings/read.ts'
import type { Storage } from './storage/storage.ts'

export interface Service {
  readonly settings: Settings
  /** Where people reach it, without a slash at the end. */
  readonly publicUrl: string
  /** Signs and seals; from the settings, or made for the embedded database. */
  readonly secret: string
  readonly database: Database
  readonly db: Db
  readonly queue: Queue
  readonly storage: Storage
  /** Where pictures of strangers are decoded. */
  readonly decoder: Decoder
  readonly mailer: Mailer
  readonly auth: Auth
  /** Absent where nothing is sold. */
  readonly payments: AnyPayments | undefined
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly drain: Drain
}
