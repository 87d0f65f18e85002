/** How the retention job finds what is too old: a table, and the column that its time counts from. */
import { sql } from 'kysely'
import type { Db } from '../../database/open.ts'
import type { ColumnOf, TableName } from '../registry/rule.ts'
import type { Retained } from './lifetimes.ts'

/** Deletes a number of rows that are as old as `before`, or older; tells how many it found. */
export type Sweep = (trx: Db, before: Date, limit: number) => Promise<number>

/** What the job does for each lifetime, in order. Files go by themselves where their row goes: a trigger puts their objects down for removal. */
export const sweeps: Readonly<Record<Retained, readonly Sweep[]>> = {
  deleted: [byTime('file', 'deleted_at'), byTime('project', 'deleted_at')],
  session: [byTime('session', 'expiresAt')],
  // Whoever has a wallet was verified once, and is only changing the address.
  unverified: [
    byTime(
      'user',
      'createdAt',
      sql`not "emailVerified" and not exists (select from wallet where wallet.user_id = "user".id)`,
    ),
  ],
  verification: [byTime('verification', 'expiresAt')],
  'device-grant': [byTime('device_grant', 'expires_at')],
  audit: [byTime('audit_event', 'created_at')],
  'abuse-signal': [byTime('abuse_signal', 'expires_at')],
  'rate-bucket': [byTime('rate_bucket', 'expires_at')],
  'analytics-hit': [byDay('analytics_hit', 'day')],
  'analytics-salt': [byDay('analytics_salt', 'day')],
  'idempotency-key': [byTime('idempotency_key', 'created_at')],
  mail: [byTime('mail_outbox', 'created_at')],
  support: [forgetAttachments, byTime('support_ticket', 'updated_at')],
  'data-export': [forgetExportFiles, byTime('data_export', 'created_at')],
  order: [byDay('order', 'retain_until')],
  'foreign-event': [byTime('payment_event', 'received_at', sql`order_id is null`)],
}

/** By a moment. */
function byTime<Name extends TableName>(table: Name, column: ColumnOf<Name>, also = sql`true`): Sweep {
  return (trx, before, limit) => remove(trx, table, sql`${sql.ref(column)} <= ${before} and ${also}`, limit)
}

/** By a day, which begins at midnight UTC. */
function byDay<Name extends TableName>(table: Name, column: ColumnOf<Name>): Sweep {
  return (trx, before, limit) =>
    remove(trx, table, sql`${sql.ref(column)} <= ${before.toISOString().slice(0, 10)}::date`, limit)
}

/** The condition stands outside, too: a row that somebody changed meanwhile, such as a project that was restored, is looked at again. */
async function remove(trx: Db, table: TableName, condition: ReturnType<typeof sql>, limit: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from ${sql.table(table)} where ${condition} and ctid = any(array(
      select ctid from ${sql.table(table)} where ${condition} limit ${limit}
    ))
  `.execute(trx)
  return Number(numAffectedRows)
}

/** Attachments of old tickets, unless a younger ticket has them, too. */
async function forgetAttachments(trx: Db, before: Date, limit: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from file where id in (
      select file_id from support_attachment
        join support_message on support_message.id = message_id join support_ticket on support_ticket.id = ticket_id
      group by file_id having max(updated_at) <= ${before} limit ${limit}
    )
  `.execute(trx)
  return Number(numAffectedRows)
}

/** The files of old exports. */
async function forgetExportFiles(trx: Db, before: Date, limit: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from file where id in (select file_id from data_export where created_at <= ${before} limit ${limit})
  `.execute(trx)
  return Number(numAffectedRows)
}
