/** Every setting, documented once: `.env.example` and docs/settings.md are written from this table. Settings are environment variables. */
import { z } from 'zod'

const flag = z.stringbool()
const count = z.coerce.number().int().min(0)
const seconds = z.coerce.number().int().min(1)
const secret = z.string().min(1)

/** Settings of one kind. */
export interface SettingsGroup {
  readonly title: string
  readonly settings: Readonly<Record<string, z.ZodType>>
}

/** What the process is, where it listens and where it keeps things. */
export const processSettings = {
  HERO_ROLES: z
    .string()
    .default('api,worker')
    .transform((text) => text.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(['api', 'worker'])).min(1))
    .meta({ description: 'What this process does: `api`, `worker`, or both.' }),
  HERO_HOST: z.string().default('127.0.0.1').meta({ description: 'Address to listen on.' }),
  HERO_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(8787)
    .meta({ description: 'Port to listen on; 0 takes a free one.' }),
  HERO_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ description: 'Address that people use, for links and for the check of origins. Default: host and port.' }),
  HERO_TRUSTED_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter((origin) => origin !== ''),
    )
    .meta({
      description: 'Further origins, comma-separated, whose pages may use the service with the cookie of a session.',
    }),
  HERO_TRUSTED_PROXIES: count.default(0).meta({
    description:
      'Proxies in front of the service: the address of a client is taken that many entries from the right of X-Forwarded-For. With 0 that header is not believed, and a request that has one is warned of in the log, once.',
  }),
  HERO_CONNECTIONS: z.coerce.number().int().min(10).default(2000).meta({
    description: 'Connections that a process has open at once; further ones are closed as they come.',
  }),
  HERO_SECRET: z.string().min(32).optional().meta({
    description:
      'At least 32 random characters; signs sessions, links and cursors. Needed with PostgreSQL; embedded, one is made and kept in the data folder.',
  }),
  HERO_DATA_DIR: z.string().default('.hero-service').meta({
    description:
      'Folder of the embedded database, of files kept on disk, of uploads while they come in, and of mails in development.',
  }),
  HERO_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .meta({ description: 'What is logged.' }),
  HERO_METRICS_TOKEN: secret
    .optional()
    .meta({ description: 'Bearer token that /metrics asks for. Without one only this machine may read it.' }),
  HERO_NOTICE_SECONDS: count.default(2).meta({
    description:
      'How long a stopping process goes on taking requests after /readyz has said no, so that a balancer can leave it.',
  }),
  HERO_DRAIN_SECONDS: seconds.default(200).meta({
    description:
      'How long a stopping process waits for requests, and then for jobs; longer than HERO_PROVIDER_SECONDS, or a call that is paid is made again.',
  }),
} as const

/** Where rows are kept. */
export const databaseSettings = {
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .meta({
      description:
        'PostgreSQL 15 or newer. Without it an embedded database is used, which is for trying only: it does not survive a power failure.',
    }),
  HERO_DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(2)
    .default(20)
    .meta({ description: 'Connections to PostgreSQL per process.' }),
} as const

/** Where files are kept. */
export const storageSettings = {
  HERO_S3_ENDPOINT: z.url().optional().meta({
    description: 'Address of an S3 service, without the bucket. Without it files are kept in the data folder.',
  }),
  HERO_S3_BUCKET: z.string().optional().meta({ description: 'Bucket for all files; it must be private.' }),
  HERO_S3_REGION: z.string().default('auto').meta({ description: 'Region that requests are signed for.' }),
  HERO_S3_ACCESS_KEY_ID: secret.optional().meta({ description: 'Key of the bucket.' }),
  HERO_S3_SECRET_ACCESS_KEY: secret.optional().meta({ description: 'Its secret.' }),
} as const

/** How mails leave. */
export const mailSettings = {
  HERO_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .meta({ description: 'SMTP server. Without it mails are written to the data folder.' }),
  HERO_MAIL_FROM: z.string().default('Hero Image <no-reply@localhost>').meta({ description: 'Sender of all mails.' }),
  HERO_SUPPORT_MAIL: z.string().default('support@localhost').meta({ description: 'Where messages to support go.' }),
} as const

/** Who may have an account. */
export const accountSettings = {
  HERO_MINIMUM_AGE: z.coerce
    .number()
    .int()
    .min(13)
    .max(18)
    .default(13)
    .meta({ description: 'Age that people confirm at sign-up.' }),
  HERO_SIGN_UPS_PER_ADDRESS_AND_DAY: count
    .default(10)
    .meta({ description: 'Accounts that one address block (IPv4 /24, IPv6 /48) may make in a day.' }),
  HERO_GRANT_CREDITS: count
    .max(1_000_000)
    .default(0)
    .meta({ description: 'Credits that an account is given once its e-mail address is verified.' }),
  GITHUB_CLIENT_ID: secret.optional().meta({ description: 'Sign-in with GitHub.' }),
  GITHUB_CLIENT_SECRET: secret.optional().meta({ description: 'Its secret.' }),
  GOOGLE_CLIENT_ID: secret.optional().meta({ description: 'Sign-in with Google.' }),
  GOOGLE_CLIENT_SECRET: secret.optional().meta({ description: 'Its secret.' }),
  HERO_ERASURE_GRACE_DAYS: count
    .default(7)
    .meta({ description: 'Days between the wish to delete an account and its deletion.' }),
  HERO_ORDER_RETENTION_YEARS: count
    .default(10)
    .meta({ description: 'Years, after the end of the year of the order, that order records are kept.' }),
} as const

/** How credits are paid. */
export const paymentSettings = {
  HERO_PAYMENTS: z
    .enum(['stripe', 'fake', 'none'])
    .default('none')
    .meta({ description: 'Who takes payments. `fake` is for trying: everybody pays at once, with nothing.' }),
  STRIPE_SECRET_KEY: secret
    .optional()
    .meta({ description: 'Key of Stripe. Live keys are refused with the embedded database.' }),
  STRIPE_WEBHOOK_SECRET: secret.optional().meta({ description: 'Secret of the webhook endpoint /webhooks/stripe.' }),
  STRIPE_AUTOMATIC_TAX: flag.default(false).meta({
    description: 'Let Stripe compute taxes, within the price, and ask for the address. Stripe Tax has to be set up.',
  }),
  STRIPE_API_URL: z.url().optional().meta({ description: 'Another address of the Stripe API, for tests.' }),
} as const

/** Who makes pictures. */
export const providerSettings = {
  OPENAI_API_KEY: secret.optional().meta({ description: 'OpenAI images.' }),
  OPENAI_BASE_URL: z.url().optional().meta({ description: 'Another address of the OpenAI API.' }),
  HERO_COMPATIBLE_URL: z.url().optional().meta({ description: 'Any service with the image endpoints of OpenAI.' }),
  HERO_COMPATIBLE_KEY: secret.optional().meta({ description: 'Its key.' }),
  HERO_COMPATIBLE_MODEL: z.string().optional().meta({ description: 'Its model.' }),
  HERO_COMPATIBLE_CREDITS: count
    .max(1_000_000)
    .default(5)
    .meta({ description: 'Credits that one of its pictures costs.' }),
  HERO_COMPATIBLE_COST_MICROS: count
    .default(0)
    .meta({ description: 'What one of its pictures costs the operator, in millionths of a dollar, for the books.' }),
  GOOGLE_GENERATIVE_AI_API_KEY: secret.optional().meta({ description: 'Google image models.' }),
  GOOGLE_GENERATIVE_AI_BASE_URL: z.url().optional().meta({ description: 'Another address of the Google API.' }),
  FAL_KEY: secret.optional().meta({ description: 'fal.' }),
  FAL_BASE_URL: z.url().optional().meta({ description: 'Another address of the queue of fal.' }),
  REPLICATE_API_TOKEN: secret.optional().meta({ description: 'Replicate.' }),
  REPLICATE_BASE_URL: z.url().optional().meta({ description: 'Another address of the API of Replicate.' }),
  BFL_API_KEY: secret.optional().meta({ description: 'Black Forest Labs.' }),
  BFL_BASE_URL: z.url().optional().meta({ description: 'Another address of the API of Black Forest Labs.' }),
  // Shorter than the job that makes the call, with time for the rest of its work: one that expires is done again, and pays again.
  HERO_PROVIDER_SECONDS: seconds.max(600).default(180).meta({ description: 'Longest time of one call to a provider.' }),
} as const

/** How much anyone may do. */
export const limitSettings = {
  HERO_UPLOAD_MEGABYTES: z.coerce.number().int().min(1).max(100).default(25).meta({ description: 'Largest upload.' }),
  HERO_UPLOAD_MEGAPIXELS: z.coerce
    .number()
    .int()
    .min(1)
    .max(268)
    .default(50)
    .meta({ description: 'Largest picture, in millions of pixels.' }),
  HERO_DECODERS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(2)
    .meta({ description: 'Child processes that decode uploads.' }),
  HERO_DECODER_MEGABYTES: z.coerce.number().int().min(128).default(512).meta({
    description:
      'Memory of one of them. A picture that needs more is refused: AVIF takes 20 to 27 bytes per pixel, the others up to 10.',
  }),
  HERO_EXPORT_MEGABYTES: z.coerce.number().int().min(128).default(2048).meta({
    description:
      'Memory of the process that draws an export; one that needs more is refused. AVIF of 50 million pixels takes 1,900; two exports are made at once.',
  }),
  HERO_RUNNING_GENERATIONS: z.coerce
    .number()
    .int()
    .min(1)
    .default(4)
    .meta({ description: 'Generations that one wallet may have running at once.' }),
  HERO_CREDITS_PER_DAY: count
    .default(0)
    .meta({ description: 'Credits that one wallet may spend in a day; 0: any number.' }),
  HERO_REFUSALS_PER_DAY: z.coerce.number().int().min(1).default(20).meta({
    description:
      'Generations that were refused, canceled while they were drawn, or drawn in vain, after which an account has to wait for the next day.',
  }),
  HERO_REQUESTS_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .default(600)
    .meta({ description: 'Requests that one address may make in a minute.' }),
  HERO_STORED_MEGABYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(2000)
    .meta({ description: 'Files that one account may keep.' }),
} as const

/** What is counted of visits. */
export const analyticsSettings = {
  HERO_ANALYTICS: flag.default(true).meta({ description: 'Count page views, without cookies and without addresses.' }),
  HERO_COUNTRY_TABLE: z.string().optional().meta({
    description: 'CSV file `first address,last address,country code`, sorted; without it countries are not counted.',
  }),
} as const

/** All groups, in the order of the documents. */
export const settingsGroups: readonly SettingsGroup[] = [
  { title: 'Process', settings: processSettings },
  { title: 'Database', settings: databaseSettings },
  { title: 'Files', settings: storageSettings },
  { title: 'Mail', settings: mailSettings },
  { title: 'Accounts', settings: accountSettings },
  { title: 'Payments', settings: paymentSettings },
  { title: 'Providers of AI', settings: providerSettings },
  { title: 'Limits', settings: limitSettings },
  { title: 'Analytics', settings: analyticsSettings },
]
