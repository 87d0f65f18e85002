/** How long what is kept, and why: the one table that the retention job, the registry and docs/privacy.md stand on. */

/** A stretch of time for which rows are kept. */
export interface LifetimeFacts {
  readonly data: string
  /** For people. */
  readonly kept: string
  readonly why: string
}

const hour = 3_600_000
const day = 24 * hour

/** Ends that come by themselves: the job deletes what is older, counted from the time that `from` names. */
export const retained = {
  deleted: {
    ms: 7 * day,
    data: 'Projects and files that were deleted',
    kept: '7 days after their deletion',
    why: 'so that a mistake can be undone',
  },
  session: {
    ms: 30 * day,
    data: 'Sessions, with the block of the address and the user agent',
    kept: '30 days after they ended',
    why: 'so that people can see who was signed in',
  },
  unverified: {
    ms: 7 * day,
    data: 'Accounts whose e-mail address was never verified',
    kept: '7 days after the sign-up',
    why: "nobody can use them, and the address may be somebody else's",
  },
  verification: {
    ms: day,
    data: 'Links and states of sign-in',
    kept: '24 hours after they expired',
    why: 'so that one that is used too late is told from one that never was',
  },
  'device-grant': {
    ms: day,
    data: 'Codes of devices',
    kept: '24 hours after they expired',
    why: 'so that a device that asks too late is told so',
  },
  audit: {
    ms: 90 * day,
    data: 'Security log, with the block of the address',
    kept: '90 days',
    why: 'break-ins are noticed late',
  },
  'abuse-signal': {
    ms: 0,
    data: 'Signals of abuse, as keyed hashes',
    kept: '90 days',
    why: 'so that abuse that returns is recognised',
  },
  'rate-bucket': {
    ms: 0,
    data: 'Counts of limits, as keyed hashes',
    kept: 'until the window of the limit ends, a day at most',
    why: 'limits need counts',
  },
  'analytics-hit': {
    ms: 48 * hour,
    data: 'Page views',
    kept: '48 hours at most, counted from the start of their day',
    why: 'until they are summed up',
  },
  'analytics-salt': {
    ms: 48 * hour,
    data: 'Salts of page views',
    kept: '48 hours at most, counted from the start of their day',
    why: 'without them nobody can be found again',
  },
  'idempotency-key': {
    ms: 48 * hour,
    data: 'Answers to requests with an Idempotency-Key',
    kept: '48 hours',
    why: 'so that a request that is sent again happens once',
  },
  mail: {
    ms: 7 * day,
    data: 'Mails that could not be sent, sealed',
    kept: '7 days; others go when they are sent',
    why: 'a mail server may be away',
  },
  support: {
    ms: 730 * day,
    data: 'Messages to support, the answers and attachments',
    kept: '2 years after the last message',
    why: 'questions return',
  },
  'data-export': {
    ms: 7 * day,
    data: 'Exports of everything about a person',
    kept: '7 days',
    why: 'long enough to fetch them',
  },
  order: {
    ms: day,
    data: 'Orders, with the name, e-mail address and billing address at the time',
    kept: 'until the tax period ends (HERO_ORDER_RETENTION_YEARS); those never paid, 30 days',
    why: 'tax law; after an erasure they are used for nothing else',
  },
  'foreign-event': {
    ms: 90 * day,
    data: 'Identifiers of payment events that were not ours',
    kept: '90 days',
    why: 'providers send events again',
  },
} as const satisfies Readonly<Record<string, LifetimeFacts & { readonly ms: number }>>

/** Ends that something else brings. */
export const bound = {
  account: {
    data: 'Account, projects, uploads, generations',
    kept: 'until the person deletes them, or the account is erased',
    why: 'they are what the service is for',
  },
  'export-content': {
    data: 'Content of exports of projects',
    kept: '7 days; that they were made is part of the account',
    why: 'they can be made again',
  },
  ledger: {
    data: 'Ledger of credits, which names wallets and nobody',
    kept: 'without end',
    why: 'the books have to balance; a wallet leads to nobody once its account is erased',
  },
  evidence: {
    data: 'Evidence of erasures: a keyed hash, counts of rows, times',
    kept: 'without end',
    why: 'it proves that an erasure was done, repeats it after a restore of a backup, and names nobody',
  },
  figures: {
    data: 'Sums of page views by day',
    kept: 'without end',
    why: 'they name nobody',
  },
  removal: {
    data: 'Keys of objects that storage has to forget',
    kept: 'until it has, minutes as a rule',
    why: 'so that no object is left behind',
  },
} as const satisfies Readonly<Record<string, LifetimeFacts>>

/** Name of an end that the retention job brings. */
export type Retained = keyof typeof retained

/** Name of an end. */
export type Lifetime = Retained | keyof typeof bound
