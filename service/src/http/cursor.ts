/** Cursors: where the next page begins, signed, so that nobody makes one up. Lists are ordered by identifier, which is the order of time. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IdKind } from '@hero-image/client/contract'
import { deriveKey } from '../keys/derive.ts'
import { invalidField } from './problem.ts'

/** A page of rows and where the next one begins. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly nextCursor: string | null
}

/**
 * The identifier that a cursor stands for; rows of the page come after it.
 *
 * @throws ProblemError for cursors that are not ours
 */
export function readCursor(secret: string, kind: IdKind, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const [id = '', signature = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('.')
  const given = Buffer.from(signature, 'base64url')
  const wanted = sign(secret, kind, id)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw invalidField('?cursor', 'is not a cursor of this list; take next_cursor as it is.')
  }
  return id
}

/** Cuts a page of rows that were asked for with one row more than the limit. */
export function toPage<Row extends { readonly id: string }>(
  secret: string,
  kind: IdKind,
  rows: readonly Row[],
  limit: number,
): Page<Row> {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  if (rows.length <= limit || last === undefined) return { rows: page, nextCursor: null }
  const cursor = `${last.id}.${sign(secret, kind, last.id).toString('base64url')}`
  return { rows: page, nextCursor: Buffer.from(cursor).toString('base64url') }
}

function sign(secret: string, kind: IdKind, id: string): Buffer {
  return createHmac('sha256', deriveKey(secret, 'cursor')).update(`${kind} ${id}`).digest().subarray(0, 16)
}
