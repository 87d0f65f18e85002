/** Mails as files, for development: what would have been sent lies in a folder. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Mailer } from './mail.ts'

/**
 * Writes mails into a folder, newest last by name.
 *
 * @param folder made when it is missing
 */
export function createFileMailer(folder: string): Mailer {
  let count = 0
  return {
    async send({ to, subject, text, replyTo }) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      count += 1
      const time = new Date().toISOString().replaceAll(':', '-')
      const head = [`To: ${to}`, `Subject: ${subject}`, ...(replyTo === undefined ? [] : [`Reply-To: ${replyTo}`])]
      const name = `${time}-${String(count).padStart(4, '0')}.txt`
      await writeFile(join(folder, name), `${head.join('\n')}\n\n${text}\n`, { mode: 0o600 })
    },
  }
}
