/** Puts the service together from its settings: opens what it needs, and closes it in the other order. */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createAuth } from './auth/auth.ts'
import { type Clock, systemClock } from './clock.ts'
import { migrate } from './database/migrate.ts'
import { type Database, openPglite, openPostgres } from './database/open.ts'
import { createDecoder } from './decode/create-decoder.ts'
import { createLog, type Log } from './log/log.ts'
import { createFileMailer } from './mail/file-mailer.ts'
import { createSmtpMailer } from './mail/smtp-mailer.ts'
import { createDrain } from './operation/drain.ts'
import { lockInstance } from './operation/instance-lock.ts'
import { createMetrics } from './operation/metrics.ts'
import { createPayments } from './payments/create.ts'
import { createQueue } from './queue/queue.ts'
import type { Service } from './service.ts'
import type { Settings } from './settings/read.ts'
import { openStorage } from './storage/open.ts'

/** A service that is open, and how to close it. */
export interface OpenService {
  readonly service: Service
  close(): Promise<void>
}

/** Parts that tests put in place of those that the settings name. */
export interface Replacements {
  readonly database?: Database
  readonly clock?: Clock
  readonly log?: Log
  readonly publicUrl?: string
}

/**
 * Opens everything and brings the database to the present schema. Nothing listens and no job is done yet.
 *
 * @throws Error when the database cannot be reached, or migrated
 */
export async function openService(settings: Settings, replacements: Replacements = {}): Promise<OpenService> {
  const folder = resolve(settings.HERO_DATA_DIR)
  const clock = replacements.clock ?? systemClock
  const log = replacements.log ?? createLog(settings.HERO_LOG_LEVEL)
  const secret = settings.HERO_SECRET ?? (await keepSecret(folder))
  const publicUrl = replacements.publicUrl ?? toPublicUrl(settings)
  const database = replacements.database ?? (await openDatabase(settings, folder))
  try {
    await migrate(database.db)
    const queue = createQueue(database, log)
    await queue.start()
    const { db } = database
    const decoder = createDecoder({
      processes: settings.HERO_DECODERS,
      megabytes: settings.HERO_DECODER_MEGABYTES,
      megapixels: settings.HERO_UPLOAD_MEGAPIXELS,
      log,
    })
    const service: Service = {
      settings,
      publicUrl,
      secret,
      database,
      db,
      queue,
      storage: openStorage(settings, folder, log),
      decoder,
      mailer:
        settings.HERO_SMTP_URL === undefined
          ? createFileMailer(join(folder, 'mails'))
          : createSmtpMailer(settings.HERO_SMTP_URL, settings.HERO_MAIL_FROM),
      auth: createAuth({ db, settings, secret, publicUrl, clock, queue, log }),
      payments: await createPayments({ settings, secret, publicUrl, clock }),
      clock,
      log,
      metrics: createMetrics(db),
      drain: createDrain(),
    }
    return {
      service,
      async close() {
        await queue.stop(settings.HERO_DRAIN_SECONDS)
        await decoder.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

async function openDatabase(settings: Settings, folder: string): Promise<Database> {
  if (settings.DATABASE_URL !== undefined) return openPostgres(settings.DATABASE_URL, settings.HERO_DATABASE_POOL)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unlock = lockInstance(join(folder, 'database.lock'))
  try {
    const database = await openPglite(join(folder, 'database'))
    return {
      ...database,
      async close() {
        await database.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

function toPublicUrl({ HERO_PUBLIC_URL, HERO_HOST, HERO_PORT }: Settings): string {
  return (HERO_PUBLIC_URL ?? `http://${HERO_HOST}:${HERO_PORT}`).replace(/\/+$/, '')
}

/** The embedded service makes its own secret, once: sessions outlive a restart. */
async function keepSecret(folder: string): Promise<string> {
  const path = join(folder, 'secret')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    await writeFile(path, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return (await readFile(path, 'utf8')).trim()
}
