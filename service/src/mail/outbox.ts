/**
 * Mails are put down in the transaction of what they belong to and sent by a job: what is rolled back writes to nobody, and a mail server that is away stops nothing.
 * A crash between sending and forgetting sends a mail twice, under the same Message-ID.
 */
import type { Db } from '../database/open.ts'
import { newId } from '../keys/uuid.ts'
import type { JobHandlers } from '../queue/queue.ts'
import type { Service } from '../service.ts'
import type { Mail } from './mail.ts'
import { openMail, sealMail } from './seal.ts'

/**
 * Puts a mail down.
 *
 * @param userId whom it is about: the mail goes with the account
 */
export async function postMail(
  { queue, secret, clock }: Pick<Service, 'queue' | 'secret' | 'clock'>,
  trx: Db,
  mail: Mail,
  userId?: string,
): Promise<void> {
  const id = newId()
  await trx
    .insertInto('mail_outbox')
    .values({ id, user_id: userId ?? null, sealed: sealMail(secret, id, mail), created_at: clock.now() })
    .execute()
  await queue.send('mail', { mailId: id }, { trx })
}

/** Sends what lies in the outbox. */
export function mailJobs({ db, mailer, secret, log }: Service): JobHandlers {
  return {
    async mail({ data: { mailId }, isLast }) {
      const row = await db.selectFrom('mail_outbox').select('sealed').where('id', '=', mailId).executeTakeFirst()
      // Sent already, or about somebody who is gone.
      if (row === undefined) return
      try {
        await mailer.send(openMail(secret, mailId, row.sealed), mailId)
      } catch (error) {
        if (isLast) log.error({ mailId }, 'a mail could not be sent and is given up')
        throw error
      }
      await db.deleteFrom('mail_outbox').where('id', '=', mailId).execute()
    },
  }
}
