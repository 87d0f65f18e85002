/** Mails that anybody can have sent to anybody: a few an hour for one mailbox, wherever the wishes come from, and whether there is an account or not. */
import type { Context } from 'hono'
import { toBlock } from '../http/address.ts'
import type { ServiceEnv } from '../http/env.ts'
import { type Limit, requireRoom } from '../limits/bucket.ts'

const hour = 3_600_000
const perMailbox: Limit = { kind: 'mail', limit: 20, windowMs: hour }
const perMailboxAndBlock: Limit = { kind: 'mail-block', limit: 3, windowMs: hour }
const perBlock: Limit = { kind: 'mail-sender', limit: 60, windowMs: hour }

/**
 * Counts a wish for a mail.
 *
 * @throws ProblemError too-many-requests
 */
export async function limitMails(c: Context<ServiceEnv>, email: string): Promise<void> {
  const service = c.get('service')
  const block = toBlock(c.get('address'))
  const mailbox = email.toLowerCase()
  await requireRoom(service, service.db, perBlock, block)
  await requireRoom(service, service.db, perMailboxAndBlock, `${mailbox} ${block}`)
  await requireRoom(service, service.db, perMailbox, mailbox)
}
