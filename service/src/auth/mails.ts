/** What we write to people about their account. Plain words, and always what to do when it was not them. */
import type { Mail } from '../mail/mail.ts'

type Written = Pick<Mail, 'subject' | 'text'>

const lines = (...text: string[]): string => text.join('\n\n')

export function verificationMail(url: string): Written {
  return {
    subject: 'Confirm your e-mail address',
    text: lines(
      'You signed up for Hero Image. Confirm your address with this link; it works for an hour:',
      url,
      'If you did not sign up, do nothing: without this nobody can use the account.',
    ),
  }
}

export function resetMail(url: string): Written {
  return {
    subject: 'Set a new password',
    text: lines(
      'Somebody, probably you, wants to set a new password for your account at Hero Image. This link works for an hour, once:',
      url,
      'It ends all sessions and revokes all tokens of the account.',
      'If it was not you, do nothing: your password stays as it is.',
    ),
  }
}

export function existingAccountMail(publicUrl: string): Written {
  return {
    subject: 'You have an account already',
    text: lines(
      'Somebody, probably you, wants to sign up for Hero Image with this address. There is an account with it already.',
      `If you do not know its password, set a new one: ${publicUrl}/reset-password`,
      'If it was not you, do nothing.',
    ),
  }
}

export function passwordChangedMail(publicUrl: string): Written {
  return {
    subject: 'Your password was changed',
    text: lines(
      'The password of your account at Hero Image was changed, and all other sessions were ended.',
      `If it was not you, set a new one at once: ${publicUrl}/reset-password`,
    ),
  }
}

export function changeEmailMail(url: string): Written {
  return {
    subject: 'Confirm your new e-mail address',
    text: lines(
      'You want to use this address for your account at Hero Image. Confirm it with this link; it works for an hour:',
      url,
      'If it was not you, do nothing.',
    ),
  }
}

export function emailChangedMail(publicUrl: string): Written {
  return {
    subject: 'Your e-mail address was changed',
    text: lines(
      'Your account at Hero Image now has another e-mail address; we will not write to this one any more.',
      `If it was not you, answer to this mail or write to us: ${publicUrl}/support`,
    ),
  }
}

export function deviceApprovedMail(name: string, publicUrl: string): Written {
  return {
    subject: 'A device was signed in',
    text: lines(
      `The device ${JSON.stringify(name)} can now use your account at Hero Image.`,
      `If it was not you, revoke its token: ${publicUrl}/tokens`,
    ),
  }
}
