/** Settings of worker processes that share database and files with a service of the test's own. */
import type { Service } from '../../src/service.ts'
import type { TestDatabase } from '../../test/harness/database.ts'

/** Makes them. */
export function toWorkerSettings(
  { settings, secret }: Service,
  { url }: TestDatabase,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    DATABASE_URL: url,
    HERO_SECRET: secret,
    HERO_DATA_DIR: settings.HERO_DATA_DIR,
    HERO_ROLES: 'worker',
    HERO_DECODERS: '1',
    HERO_DATABASE_POOL: '10',
    HERO_LOG_LEVEL: 'info',
    ...more,
  }
}
