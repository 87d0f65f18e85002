/** Rows of migrations/0010-analytics.sql. */

/** A day is text such as `2026-11-28`: a Date would have an hour and a time zone. */
export interface AnalyticsSaltTable {
  readonly day: string
  readonly salt: Buffer
}

export interface AnalyticsHitTable {
  readonly id: string
  readonly day: string
  readonly path: string
  readonly referrer_host: string
  readonly browser: string
  readonly os: string
  readonly device: string
  readonly country: string
  readonly visitor: Buffer
}

/** By what views are summed up. */
export type Dimension = 'all' | 'path' | 'referrer_host' | 'browser' | 'os' | 'device' | 'country'

export interface AnalyticsDayTable {
  readonly day: string
  readonly dimension: Dimension
  readonly value: string
  readonly views: number
  readonly visitors: number
}
