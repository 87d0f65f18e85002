/** Mails about the end of an account. */
import type { Mail } from '../../mail/mail.ts'

/** Says that an account will be erased, and how it can be had back. */
export function toErasureMail(to: string, name: string, dueAt: Date, link: string): Mail {
  const day = dueAt.toISOString().slice(0, 10)
  return {
    to,
    subject: 'Your account will be deleted',
    text: [
      `Hello ${name},`,
      '',
      `your account and everything in it will be deleted on ${day} (UTC). You are signed out everywhere, and API keys no longer work.`,
      '',
      'Until then you can have it back:',
      link,
      '',
      'If you did not ask for this, use the link and set a new password.',
      '',
      'Records of paid orders are kept for as long as tax law demands, and are used for nothing else. Credits that are left expire with the account.',
    ].join('\n'),
  }
}

/** Says that the account is back. */
export function toRestoredMail(to: string, name: string): Mail {
  return {
    to,
    subject: 'Your account is back',
    text: [
      `Hello ${name},`,
      '',
      'your account will not be deleted. Sign in again; API keys have to be made anew.',
    ].join('\n'),
  }
}
