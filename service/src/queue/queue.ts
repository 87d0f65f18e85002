/** Jobs in the database: put there in the transaction of what they belong to, done at least once. */
import { CompiledQuery } from 'kysely'
import { PgBoss, type Db as QueueDb } from 'pg-boss'
import type { Database, Db } from '../database/open.ts'
import { runPrepared } from '../database/prepared.ts'
import type { Log } from '../log/log.ts'
import { type JobName, type Jobs, jobRules } from './jobs.ts'

/** A job being done. */
export interface Job<Name extends JobName> {
  readonly id: string
  readonly data: Jobs[Name]
  /** 0 the first time. */
  readonly retries: number
  /** True when it will not be tried again. */
  readonly isLast: boolean
  /** Fires when the job was given to somebody else or the process stops: what is done after that may be done twice. */
  readonly signal: AbortSignal
}

/** Does a job; throwing means: try again later. */
export type JobHandler<Name extends JobName> = (job: Job<Name>) => Promise<void>

/** Handlers of some kinds of jobs. */
export type JobHandlers = { readonly [Name in JobName]?: JobHandler<Name> }

/** When and with whom. */
export interface SendOptions {
  /** The transaction the job belongs to: rolled back, there is no job. */
  readonly trx?: Db
  readonly startAfter?: Date
  /** A UUID: sent twice, it is one job. */
  readonly id?: string
}

/** Puts jobs down and does them. */
export interface Queue {
  /** Connects and makes the queues; needed before the first `send`. */
  start(): Promise<void>
  /** Puts a job down. */
  send<Name extends JobName>(name: Name, data: Jobs[Name], options?: SendOptions): Promise<void>
  /** Begins to do jobs of the kinds that have a handler, and to repeat those that return by the clock. */
  work(handlers: JobHandlers): Promise<void>
  /** Lets running jobs end, for as many seconds; those that do not are given to others. */
  stop(seconds: number): Promise<void>
}

/**
 * Creates a queue in a database. Nothing is connected before `start`.
 *
 * @param log where the queue tells its own troubles
 */
export function createQueue(database: Database, log: Log): Queue {
  const boss = new PgBoss({
    ...database.boss,
    schema: 'queue',
    useListenNotify: true,
    openTelemetry: { enabled: false },
    registerInstance: false,
    // A worker that died is missed within half a minute: its heartbeat, and then this.
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  })
  boss.on('error', (error) => log.error({ err: error }, 'queue'))
  const names = Object.keys(jobRules).filter(isJobName)

  async function workOn<Name extends JobName>(name: Name, handle: JobHandler<Name>): Promise<void> {
    const { cron, concurrency = 1 } = jobRules[name]
    // Each worker is one of its own, so that it can be told to look again.
    for (let worker = 0; worker < concurrency; worker += 1) await startWorker(name, handle)
    if (cron !== undefined) await boss.schedule(name, cron, {})
  }

  async function startWorker<Name extends JobName>(name: Name, handle: JobHandler<Name>): Promise<void> {
    const options = {
      includeMetadata: true,
      batchSize: 1,
      pollingIntervalSeconds: 2,
      notifyPollingIntervalSeconds: 5,
    } as const
    let id: string | undefined
    id = await boss.work<Jobs[Name], void, typeof options>(name, options, async ([job]) => {
      if (job === undefined) return
      const { id: jobId, data, retryCount, retryLimit, signal } = job
      try {
        await handle({ id: jobId, data, retries: retryCount, isLast: retryCount >= retryLimit, signal })
      } catch (error) {
        log.warn({ err: error, job: name, id: jobId }, 'a job failed')
        throw error
      } finally {
        // More may have come meanwhile, and nobody was free to hear of it: with 500 jobs waiting, a pause after each would be minutes.
        if (id !== undefined) boss.notifyWorker(id)
      }
    })
  }

  return {
    async start() {
      await boss.start()
      const known = new Set((await boss.getQueues()).map(({ name }) => name))
      for (const name of names) {
        const { policy, ...rules } = jobRules[name].queue
        // To make a queue that is there changes nothing about it: it would keep the rules of the version that made it.
        if (known.has(name)) await boss.updateQueue(name, rules)
        else await boss.createQueue(name, { ...rules, ...(policy === undefined ? {} : { policy }) })
      }
    },
    async send(name, data, { trx, startAfter, id } = {}) {
      await boss.send(name, data, {
        ...(trx === undefined ? {} : { db: inTransaction(trx) }),
        ...(startAfter === undefined ? {} : { startAfter }),
        ...(id === undefined ? {} : { id }),
      })
    },
    async work(handlers) {
      const start = async <Name extends JobName>(name: Name): Promise<void> => {
        const handler: JobHandlers[Name] = handlers[name]
        if (handler !== undefined) await workOn<Name>(name, handler)
      }
      for (const name of names) await start(name)
    },
    async stop(seconds) {
      await boss.stop({ graceful: true, timeout: seconds * 1000, close: true })
    },
  }
}

/** A job that belongs to a transaction is one long statement, the same for all jobs of its kind. */
function inTransaction(trx: Db): QueueDb {
  return {
    async executeSql(text, values = []) {
      return { rows: [...(await runPrepared(trx, CompiledQuery.raw(text, values)))] }
    },
  }
}

function isJobName(name: string): name is JobName {
  return Object.hasOwn(jobRules, name)
}
