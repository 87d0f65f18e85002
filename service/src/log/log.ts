/** One JSON line per event. Whatever could be a secret or say who somebody is does not get into it. */
import { pino } from 'pino'

/** Where a line goes. */
export interface Log {
  debug(facts: object, message: string): void
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** Names whose values are never written, wherever they stand; headers and bodies are not logged at all. */
const secretNames = [
  'authorization',
  'cookie',
  'password',
  'token',
  'secret',
  'key',
  'email',
  'name',
  'ip',
  'apiKey',
  'url',
]

/**
 * Creates a log.
 *
 * @param level least important line that is written; `silent` writes none
 * @param destination where lines go; standard output by default
 */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  const options = { level, redact: { paths, censor: '[removed]' }, serializers: { err: toPlainError }, base: null }
  return destination === undefined ? pino(options) : pino(options, destination)
}

/** Errors of libraries carry requests, with keys in their headers: kind, code, message and trace are enough. */
function toPlainError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const code = 'code' in error ? { code: String(error.code) } : {}
  return { type: error.name, message: error.message, ...code, stack: error.stack }
}
