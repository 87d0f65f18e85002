/** Mails that a service wanted to send: taken out of the outbox, opened with the service's own secret. */
import type { Mail } from '../../src/mail/mail.ts'
import { openMail } from '../../src/mail/seal.ts'
import type { TestService } from './service.ts'

/** Takes all mails that wait, oldest first; they are not sent any more. */
export async function takeMails({ service }: Pick<TestService, 'service'>): Promise<Mail[]> {
  const rows = await service.db.deleteFrom('mail_outbox').returning(['id', 'sealed']).execute()
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, sealed }) => openMail(service.secret, id, sealed))
}
