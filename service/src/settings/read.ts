/** Environment → settings, checked once; whoever reads them later finds nothing missing. */
import { closest, distance } from 'fastest-levenshtein'
import { z } from 'zod'
import {
  accountSettings,
  analyticsSettings,
  databaseSettings,
  limitSettings,
  mailSettings,
  paymentSettings,
  processSettings,
  providerSettings,
  storageSettings,
} from './table.ts'

const settingsSchema = z.object({
  ...processSettings,
  ...databaseSettings,
  ...storageSettings,
  ...mailSettings,
  ...accountSettings,
  ...paymentSettings,
  ...providerSettings,
  ...limitSettings,
  ...analyticsSettings,
})

/** All settings, by the name of their environment variable. */
export type Settings = Readonly<z.output<typeof settingsSchema>>

/** Settings that are wrong or contradict each other; the message names each and says what to do, never its value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings.
 *
 * @param environment such as `process.env`; empty values count as not set
 * @throws SettingsError for values that cannot be, misspelt names that begin with HERO_, and combinations that would lose money or files
 */
export function readSettings(environment: Environment): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const known = Object.keys(settingsSchema.shape)
  const unknown = Object.keys(given).filter(
    (name) => name.startsWith('HERO_') && !known.includes(name) && !isOfTheCommand(name),
  )
  const parsed = settingsSchema.safeParse(given)
  const faults = [
    ...unknown.map((name) => toUnknown(name, known)),
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`),
    ...(parsed.data === undefined ? [] : findContradictions(parsed.data)),
  ]
  if (parsed.data === undefined || faults.length > 0) {
    throw new SettingsError(`The settings cannot be used:\n${faults.map((fault) => `- ${fault}`).join('\n')}`)
  }
  return Object.freeze(parsed.data)
}

/** Variables that the `hero-image` command and the tests have in the same environment. */
function isOfTheCommand(name: string): boolean {
  return name.startsWith('HERO_IMAGE_') || name.startsWith('HERO_TEST_')
}

function toUnknown(name: string, known: readonly string[]): string {
  const nearest = closest(name, [...known])
  const hint = distance(name, nearest) <= 4 ? ` Did you mean ${nearest}?` : ''
  return `${name}: there is no such setting.${hint}`
}

function findContradictions(settings: z.output<typeof settingsSchema>): string[] {
  const faults: string[] = []
  const isEmbedded = settings.DATABASE_URL === undefined
  if (isEmbedded && /^[sr]k_live_/.test(settings.STRIPE_SECRET_KEY ?? '')) {
    faults.push('STRIPE_SECRET_KEY: live keys need DATABASE_URL; the embedded database may lose what was paid for.')
  }
  if (settings.STRIPE_API_URL !== undefined && /^[sr]k_live_/.test(settings.STRIPE_SECRET_KEY ?? '')) {
    faults.push('STRIPE_API_URL: live keys go to Stripe, and nowhere else.')
  }
  if (!isEmbedded && settings.HERO_SECRET === undefined) faults.push('HERO_SECRET: needed with DATABASE_URL.')
  if (!isEmbedded && settings.HERO_PAYMENTS === 'fake') {
    faults.push('HERO_PAYMENTS: `fake` gives credits away; it works with the embedded database only.')
  }
  if (isEmbedded && settings.HERO_ROLES.length < 2) {
    faults.push('HERO_ROLES: the embedded database belongs to one process, which has to do everything.')
  }
  if (settings.HERO_PAYMENTS === 'stripe' && (!settings.STRIPE_SECRET_KEY || !settings.STRIPE_WEBHOOK_SECRET)) {
    faults.push('HERO_PAYMENTS: `stripe` needs STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET.')
  }
  const s3 = [
    settings.HERO_S3_ENDPOINT,
    settings.HERO_S3_BUCKET,
    settings.HERO_S3_ACCESS_KEY_ID,
    settings.HERO_S3_SECRET_ACCESS_KEY,
  ]
  if (s3.some((value) => value !== undefined) && s3.some((value) => value === undefined)) {
    faults.push('HERO_S3_ENDPOINT, HERO_S3_BUCKET, HERO_S3_ACCESS_KEY_ID, HERO_S3_SECRET_ACCESS_KEY: all four or none.')
  }
  for (const provider of ['GITHUB', 'GOOGLE'] as const) {
    if ((settings[`${provider}_CLIENT_ID`] === undefined) !== (settings[`${provider}_CLIENT_SECRET`] === undefined)) {
      faults.push(`${provider}_CLIENT_ID, ${provider}_CLIENT_SECRET: both or none.`)
    }
  }
  return faults
}
