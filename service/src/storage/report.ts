/** Storage that is away is an answer that clients can wait for, and a line in the log for whoever runs it. */
import { ProblemError } from '../http/problem.ts'
import type { Log } from '../log/log.ts'
import type { Storage } from './storage.ts'

/** The same storage, whose failures are logged and become `unavailable`. */
export function reportFailures(storage: Storage, log: Log): Storage {
  const report = (error: unknown): never => {
    log.error({ err: error }, 'storage failed')
    throw new ProblemError('unavailable', { headers: { 'Retry-After': '5' }, cause: error })
  }
  return {
    put: (key, body, facts) => storage.put(key, body, facts).catch(report),
    get: (key, range) => storage.get(key, range).catch(report),
    head: (key) => storage.head(key).catch(report),
    remove: (key) => storage.remove(key).catch(report),
    list: (prefix) => storage.list(prefix),
  }
}
